// Names, files and lines of what FindFunctions() found.
//
//   DwarfFrames frames;
//   std::vector<SourceFrame> chain = frames.Build(location, address, symbol);
//
// Keeps the names of functions it has seen, so use one for all addresses of a
// Dwarf, which must outlive it.
#ifndef BENCH_PROFILER_SYMBOLIZE_DWARF_FRAMES_H_
#define BENCH_PROFILER_SYMBOLIZE_DWARF_FRAMES_H_

#include <elfutils/libdw.h>

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "bench_profiler/symbolize/dwarf_index.h"
#include "bench_profiler/symbolize/source_frame.h"

namespace bench_profiler {

class DwarfFrames {
 public:
  // The frames at `address` (of the file), the innermost first. `symbol` is
  // what the symbol table has there, or null: it names code that the debug
  // information does not, and gives C++ functions the parameters that
  // -gmlt leaves out. Empty if there is no name at all.
  std::vector<SourceFrame> Build(const DwarfLocation& location,
                                 uint64_t address, const char* symbol);

 private:
  const SourceFrame& Function(Dwarf_Die* die);

  // By DIE. Only the names and start_line are set.
  std::unordered_map<const void*, SourceFrame> functions_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_DWARF_FRAMES_H_
