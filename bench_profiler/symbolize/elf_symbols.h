// The functions in the symbol tables of an ELF file.
//
//   ElfSymbols symbols({file.elf(), debug_elf});   // null pointers are skipped
//   const char* name = symbols.Find(address, &start);   // "_Z3foov.cold" or
//   null
//
// Both .symtab and .dynsym are read, see elf(5). Not thread-safe. The Elf
// objects must outlive this one.
#ifndef BENCH_PROFILER_SYMBOLIZE_ELF_SYMBOLS_H_
#define BENCH_PROFILER_SYMBOLIZE_ELF_SYMBOLS_H_

#include <libelf.h>

#include <cstdint>
#include <initializer_list>
#include <vector>

namespace bench_profiler {

class ElfSymbols {
 public:
  ElfSymbols(std::initializer_list<Elf*> files);

  // Returns the symbol of the function at `address` (in the file), as it is in
  // the table, or null. A symbol without a size, as of assembly, reaches to the
  // next symbol or to the end of its section. Sets `*start` to where it begins.
  const char* Find(uint64_t address, uint64_t* start) const;

 private:
  struct Symbol {
    uint64_t start = 0;
    uint64_t end = 0;
    const char* name = "";
    bool sized = false;
    bool local = false;
    uint64_t furthest_end = 0;  // of this symbol and all before it
  };
  static bool Before(const Symbol& a, const Symbol& b);
  void AddTable(Elf* elf, Elf_Scn* section);
  void CutUnsized();

  std::vector<Symbol> symbols_;  // sorted by Before()
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_ELF_SYMBOLS_H_
