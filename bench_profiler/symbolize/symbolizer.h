// Turns addresses into functions, lines and inlined frames.
//
//   Symbolizer symbolizer;
//   const uint32_t file = symbolizer.AddModule({path, build_id});
//   symbolizer.Resolve({{file, address}, ...});      // all at once: fast
//   const Location* location = symbolizer.Find({file, address});
//
// Addresses are those in the file, so that a library that is loaded again, at
// another address, has nothing new.
//
// Uses libdw: one walk over the DIEs of each compilation unit that holds an
// address (dwarf_getscopes per address is 500 times slower). Debug information
// is looked for in the file, then by build id under /usr/lib/debug and by
// .gnu_debuglink, with split DWARF and compressed sections; then .symtab, then
// .dynsym. An address that nothing explains has no lines.
//
// What was resolved is kept, and no file stays open. Part of the exporter:
// ordinary C++, not for signal handlers, one thread.
#ifndef BENCH_PROFILER_SYMBOLIZE_SYMBOLIZER_H_
#define BENCH_PROFILER_SYMBOLIZE_SYMBOLIZER_H_

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bench_profiler/profile/profile.h"
#include "bench_profiler/symbolize/source_frame.h"

namespace bench_profiler {

// What the symbolizer has to know of a loaded object; see Module.
struct SymbolModule {
  std::string path;      // "[vdso]" or "linux-vdso.so.1": of this process
  std::string build_id;  // raw bytes; "" if it has none. A file that has got
                         // another one since explains nothing
  uint64_t start = 0;    // an address in memory; 0: it is not loaded
};

class Symbolizer {
 public:
  using Address = std::pair<uint32_t, uint64_t>;  // module, in its file

  explicit Symbolizer(const std::vector<SymbolModule>& modules = {});

  // The number of the file with this path and build id; of a new one they count
  // from 0. Without a build id, another file may have taken the path, so that
  // only what was loaded at the same address is taken for the same.
  uint32_t AddModule(const SymbolModule& module);

  // Resolves addresses. May be called again with more; known ones are not
  // resolved twice. Files that are missing or damaged are no error: their
  // addresses have no lines, or fewer.
  void Resolve(std::vector<Address> addresses);

  // What an address is, but for its mapping; null if it was not resolved.
  const Location* Find(const Address& address) const;

  // Of all locations so far.
  const std::vector<Function>& functions() const { return functions_; }

  // The lines of Find(), with their functions. Empty if there are none.
  std::vector<SourceFrame> Frames(const Address& address) const;

  SymbolQuality Quality(uint32_t module) const;

  // Why the functions of a module have no names though they might, in one
  // line; "" if they have.
  std::string Problem(uint32_t module) const;

 private:
  struct Known {
    SymbolModule module;
    SymbolQuality quality;
    bool is_missing = false;
    std::unordered_map<uint64_t, Location> locations;
  };

  // `in_file` is sorted and distinct.
  void ResolveModule(Known* known, const std::vector<uint64_t>& in_file);
  void SetLines(const std::vector<SourceFrame>& frames, Location* location,
                SymbolQuality* quality);

  std::vector<Known> modules_;
  // By path, build id, and where it is loaded if it has no build id.
  std::map<std::tuple<std::string, std::string, uint64_t>, uint32_t> numbers_;
  std::vector<Function> functions_;
  std::map<Function, uint32_t> function_numbers_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_SYMBOLIZER_H_
