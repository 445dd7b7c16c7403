// Finds the functions, and the inlined copies of functions, that contain
// addresses.
//
//   std::vector<DwarfLocation> found = FindFunctions(dwarf, sorted,
//   text_start);
//   // found[i] belongs to sorted[i]
//
// A compilation unit is walked only once, and only if it contains an address.
// Parts of it that contain none are skipped.
#ifndef BENCH_PROFILER_SYMBOLIZE_DWARF_INDEX_H_
#define BENCH_PROFILER_SYMBOLIZE_DWARF_INDEX_H_

#include <elfutils/libdw.h>

#include <cstdint>
#include <vector>

namespace bench_profiler {

// What the debug information knows about an address.
struct DwarfLocation {
  // The unit whose line table has the address; if there is none, its addr is
  // null.
  Dwarf_Die unit = {};
  // A DW_TAG_subprogram, then the DW_TAG_inlined_subroutines inside of it, the
  // outermost first. Empty if the unit has none there, as for assembly or
  // padding.
  std::vector<Dwarf_Die> functions;
};

// `addresses` are those in the file, sorted and distinct. Ranges that begin
// below `text_start` are ignored, since they are of functions that the linker
// dropped. Damaged debug information leads to fewer or wrong locations, not to
// an error. The result is valid as long as `dwarf`.
std::vector<DwarfLocation> FindFunctions(Dwarf* dwarf,
                                         const std::vector<uint64_t>& addresses,
                                         uint64_t text_start);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_DWARF_INDEX_H_
