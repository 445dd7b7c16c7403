// Finds names, files and lines for what FindFunctions() has found.
//
//   DwarfFrames frames;
//   std::vector<SourceFrame> chain = frames.Build(location, address, symbol);
//
// It keeps the names of functions that it has seen, so use one object for all
// addresses of a Dwarf. The Dwarf must outlive it.
#ifndef BENCH_PROFILER_SYMBOLIZE_DWARF_FRAMES_H_
#define BENCH_PROFILER_SYMBOLIZE_DWARF_FRAMES_H_

#include <elfutils/libdw.h>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench_profiler/symbolize/dwarf_index.h"
#include "bench_profiler/symbolize/dwarf_names.h"
#include "bench_profiler/symbolize/source_frame.h"

namespace bench_profiler {

class DwarfFrames {
 public:
  // Returns the frames at `address` (in the file), the innermost first.
  // `symbol` is what the symbol table has there, or null. It names code that
  // the debug information does not know, and gives C++ functions the parameters
  // that -gmlt leaves out. Empty if there is no name at all.
  std::vector<SourceFrame> Build(const DwarfLocation& location,
                                 uint64_t address, const char* symbol);

 private:
  const SourceFrame& Function(Dwarf_Die* die);
  void SetLine(const DwarfLocation& location, uint64_t address,
               SourceFrame* frame);
  void SetCallLine(Dwarf_Die* inlined, SourceFrame* caller);
  std::string FileOf(Dwarf_Die* die, unsigned attribute);
  const std::string& File(Dwarf_Die* unit, const char* name);

  // By DIE: the names, and the file and line of the declaration.
  std::unordered_map<const void*, SourceFrame> functions_;
  DwarfNames names_;
  std::unordered_map<const char*, std::string> files_;  // by libdw's name
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_DWARF_FRAMES_H_
