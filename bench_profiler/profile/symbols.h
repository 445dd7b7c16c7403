// What addresses mean: the interface between the symbolizer and the formats.
//
//   for (const SourceFrame& frame : symbols.Frames({module, address})) ...
#ifndef BENCH_PROFILER_PROFILE_SYMBOLS_H_
#define BENCH_PROFILER_PROFILE_SYMBOLS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace bench_profiler {

// A function at a line. Members are as profile.proto wants them.
struct SourceFrame {
  std::string name;         // demangled, with clone suffixes (.isra.0) removed
  std::string system_name;  // mangled, with clone suffixes removed
  std::string file;         // "" if unknown; a relative path of the debug
                            // information is joined with its DW_AT_comp_dir
  int64_t line = 0;         // 0 if unknown
  int64_t start_line = 0;   // of the function; 0 if unknown
};

// What was found for a module, for the has_* marks of profile.proto.
struct SymbolQuality {
  bool has_functions = false;
  bool has_filenames = false;
  bool has_line_numbers = false;
  bool has_inline_frames = false;  // known, even where nothing was inlined
};

class Symbols {
 public:
  using Address = std::pair<uint32_t, uint64_t>;  // module index, address

  virtual ~Symbols() = default;

  // The frames at an address, the innermost inlined one first, the function
  // that the compiler emitted last. Empty if unknown.
  virtual const std::vector<SourceFrame>& Frames(
      const Address& address) const = 0;

  virtual SymbolQuality Quality(uint32_t module) const = 0;

  // A line for each file whose functions have no names though they might.
  virtual const std::vector<std::string>& Problems() const {
    static const auto* const none = new std::vector<std::string>();
    return *none;
  }
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_SYMBOLS_H_
