// Names the stubs through which calls to other libraries go. They make up the
// procedure linkage table (PLT), and symbol tables do not have them.
//
//   PltSymbols plt(file.elf());
//   const char* name = plt.Find(address, &start);   // "memchr@plt" or null
//
// A stub jumps to the address in an entry of the global offset table (GOT), and
// the relocation of that entry has the name. This works for the stubs of all
// linkers, in .plt, .plt.sec and .plt.got. Only x86-64 and AArch64 are known;
// for others no stub is found.
#ifndef BENCH_PROFILER_SYMBOLIZE_PLT_SYMBOLS_H_
#define BENCH_PROFILER_SYMBOLIZE_PLT_SYMBOLS_H_

#include <gelf.h>

#include <cstdint>
#include <map>
#include <string>

namespace bench_profiler {

class PltSymbols {
 public:
  // Needs the file itself, not one with debug information only. `elf` may be
  // null.
  explicit PltSymbols(Elf* elf);

  // Returns the name of the function to which the stub at `address` (in the
  // file) leads, with "@plt" at its end, or null. It is valid as long as the
  // object lives. Sets `*start` to where the stub begins.
  const char* Find(uint64_t address, uint64_t* start) const;

 private:
  struct Stub {
    uint64_t end = 0;
    std::string name;
  };

  void ReadRelocations(Elf* elf, Elf_Scn* section, const GElf_Shdr& header);
  void ReadStubs(GElf_Half machine, Elf_Scn* section, const GElf_Shdr& header);
  void AddStub(uint64_t start, uint64_t end, uint64_t got_entry);

  std::map<uint64_t, std::string> got_names_;  // by address of the GOT's entry
  std::map<uint64_t, Stub> stubs_;             // by start
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_PLT_SYMBOLS_H_
