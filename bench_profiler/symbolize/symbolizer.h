// Turns addresses into functions, lines and inlined frames.
//
//   Symbolizer symbolizer(modules);
//   symbolizer.Resolve({{module, address}, ...});      // all at once: fast
//   const auto& frames = symbolizer.Frames({module, address});
//
// Uses libdw: one walk over the DIEs of each compilation unit that holds an
// address (dwarf_getscopes per address is 500 times slower). Debug information
// is looked for in the file, then by build id under /usr/lib/debug and by
// .gnu_debuglink, with split DWARF and compressed sections; then .symtab, then
// .dynsym. An address that nothing explains has no frames.
//
// Part of the exporter: ordinary C++, not for signal handlers, one thread.
#ifndef BENCH_PROFILER_SYMBOLIZE_SYMBOLIZER_H_
#define BENCH_PROFILER_SYMBOLIZE_SYMBOLIZER_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bench_profiler/profile/symbols.h"

namespace bench_profiler {

// What the symbolizer has to know of a loaded object; see Module.
struct SymbolModule {
  std::string path;      // "[vdso]" or "linux-vdso.so.1": of this process
  uint64_t bias = 0;     // address in memory minus address in the file
  std::string build_id;  // raw bytes; "" if it has none. A file that has got
                         // another one since explains nothing
  uint64_t start = 0;    // an address in memory; 0: it is not loaded
};

class Symbolizer : public Symbols {
 public:
  explicit Symbolizer(std::vector<SymbolModule> modules);

  // Resolves addresses (in memory, not in the file). May be called again with
  // more; known ones are not resolved twice. Files that are missing or damaged
  // are no error: their addresses have no frames, or fewer.
  void Resolve(std::vector<Address> addresses);

  const std::vector<SourceFrame>& Frames(const Address& address) const override;
  SymbolQuality Quality(uint32_t module) const override;
  const std::vector<std::string>& Problems() const override {
    return problems_;
  }

 private:
  // `in_memory` is sorted and distinct.
  void ResolveModule(uint32_t module, const std::vector<uint64_t>& in_memory);
  void AddProblem(const std::string& path);

  std::vector<SymbolModule> modules_;
  std::vector<SymbolQuality> quality_;
  std::vector<std::string> problems_;
  std::map<Address, std::vector<SourceFrame>> frames_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_SYMBOLIZER_H_
