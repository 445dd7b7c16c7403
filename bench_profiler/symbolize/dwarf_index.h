// From addresses to the functions and inlined copies that contain them.
//
//   std::vector<DwarfLocation> found = FindFunctions(dwarf, sorted,
//   text_start);
//   // found[i] belongs to sorted[i]
//
// Each compilation unit that holds an address is walked once, and only those
// parts of it whose ranges hold one are entered.
#ifndef BENCH_PROFILER_SYMBOLIZE_DWARF_INDEX_H_
#define BENCH_PROFILER_SYMBOLIZE_DWARF_INDEX_H_

#include <elfutils/libdw.h>

#include <cstdint>
#include <vector>

namespace bench_profiler {

// What the debug information knows about an address.
struct DwarfLocation {
  // The unit whose line table has the address; its addr is null if none has.
  Dwarf_Die unit = {};
  // A DW_TAG_subprogram, then the DW_TAG_inlined_subroutines inside it, the
  // outermost first. Empty where the unit has none (assembler, padding).
  std::vector<Dwarf_Die> functions;
};

// `addresses` are those of the file, sorted and distinct. Ranges that begin
// below `text_start` are left out: they are of functions that the linker
// dropped. Damaged debug information gives fewer or wrong locations, no error.
// The result is valid as long as `dwarf`.
std::vector<DwarfLocation> FindFunctions(Dwarf* dwarf,
                                         const std::vector<uint64_t>& addresses,
                                         uint64_t text_start);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_DWARF_INDEX_H_
