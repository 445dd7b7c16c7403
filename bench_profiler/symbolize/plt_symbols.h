// Names for the stubs through which calls to other libraries go: the procedure
// linkage table (PLT), which symbol tables leave out.
//
//   PltSymbols plt(file.elf());
//   const char* name = plt.Find(address, &start);   // "memchr@plt" or null
//
// A stub jumps to where an entry of the global offset table (GOT) leads; the
// relocation of that entry has the name. So the stubs of all linkers are alike:
// .plt, .plt.sec, .plt.got. x86-64 and AArch64; of others none is found.
#ifndef BENCH_PROFILER_SYMBOLIZE_PLT_SYMBOLS_H_
#define BENCH_PROFILER_SYMBOLIZE_PLT_SYMBOLS_H_

#include <gelf.h>

#include <cstdint>
#include <map>
#include <string>

namespace bench_profiler {

class PltSymbols {
 public:
  // Of a file with its contents, not of one with debug information only. May be
  // null.
  explicit PltSymbols(Elf* elf);

  // The name of the function that the stub at `address` (as in the file) leads
  // to, with "@plt" behind it, or null. Valid as long as the object. Sets
  // `*start` to where the stub begins.
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
