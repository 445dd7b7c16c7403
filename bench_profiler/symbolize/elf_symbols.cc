#include "bench_profiler/symbolize/elf_symbols.h"

#include <gelf.h>

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

namespace bench_profiler {
namespace {

bool MayBeFunction(const GElf_Sym& symbol) {
  const int type = GELF_ST_TYPE(symbol.st_info);
  return (type == STT_FUNC || type == STT_GNU_IFUNC || type == STT_NOTYPE) &&
         symbol.st_shndx != SHN_UNDEF && symbol.st_shndx < SHN_LORESERVE;
}

}  // namespace

// By address. Of several names for one function the one that Find() shall give
// comes last: with a size, public, of the vDSO (__vdso_clock_gettime, where
// clock_gettime would look like libc's function), with few underscores (write,
// not __write), short.
bool ElfSymbols::Before(const Symbol& a, const Symbol& b) {
  if (a.start != b.start) return a.start < b.start;
  const auto rank = [](const Symbol& symbol) {
    const size_t underscores = std::strncmp(symbol.name, "_Z", 2) == 0
                                   ? 0
                                   : std::strspn(symbol.name, "_");
    const bool of_vdso = std::strncmp(symbol.name, "__vdso_", 7) == 0;
    return std::make_tuple(!symbol.sized, symbol.local, !of_vdso, underscores,
                           std::strlen(symbol.name));
  };
  const auto rank_a = rank(a);
  const auto rank_b = rank(b);
  if (rank_a != rank_b) return rank_a > rank_b;
  return std::strcmp(a.name, b.name) > 0;
}

ElfSymbols::ElfSymbols(std::initializer_list<Elf*> files) {
  for (Elf* elf : files) {
    Elf_Scn* section = nullptr;
    while (elf && (section = elf_nextscn(elf, section)) != nullptr) {
      AddTable(elf, section);
    }
  }
  std::sort(symbols_.begin(), symbols_.end(), Before);
  CutUnsized();
  uint64_t furthest_end = 0;
  for (Symbol& symbol : symbols_) {
    furthest_end = std::max(furthest_end, symbol.end);
    symbol.furthest_end = furthest_end;
  }
}

void ElfSymbols::AddTable(Elf* elf, Elf_Scn* section) {
  GElf_Shdr table;
  if (!gelf_getshdr(section, &table)) return;
  if (table.sh_type != SHT_SYMTAB && table.sh_type != SHT_DYNSYM) return;
  Elf_Data* data = elf_getdata(section, nullptr);
  GElf_Sym symbol;
  for (int i = 1; data && gelf_getsym(data, i, &symbol); ++i) {
    if (!MayBeFunction(symbol)) continue;
    GElf_Shdr home;
    if (!gelf_getshdr(elf_getscn(elf, symbol.st_shndx), &home) ||
        !(home.sh_flags & SHF_EXECINSTR)) {
      continue;
    }
    const char* name = elf_strptr(elf, table.sh_link, symbol.st_name);
    // "$x" and the like mark instruction sets on ARM and RISC-V.
    if (!name || name[0] == '\0' || name[0] == '$') continue;
    Symbol entry;
    entry.start = symbol.st_value;
    entry.sized = symbol.st_size != 0;
    entry.end = entry.sized ? symbol.st_value + symbol.st_size
                            : home.sh_addr + home.sh_size;
    entry.local = GELF_ST_BIND(symbol.st_info) == STB_LOCAL;
    entry.name = name;
    symbols_.push_back(entry);
  }
}

// A symbol without a size ends where the next one starts; inside a function
// that has a size it is a mere label and goes.
void ElfSymbols::CutUnsized() {
  uint64_t next_start = UINT64_MAX;  // of the symbols at higher addresses
  uint64_t start = UINT64_MAX;
  for (auto it = symbols_.rbegin(); it != symbols_.rend(); ++it) {
    if (it->start != start) next_start = std::exchange(start, it->start);
    if (!it->sized) it->end = std::min(it->end, next_start);
  }
  uint64_t sized_end = 0;
  std::vector<Symbol> kept;
  for (const Symbol& symbol : symbols_) {
    if (symbol.sized) sized_end = std::max(sized_end, symbol.end);
    if (symbol.sized || symbol.start >= sized_end) kept.push_back(symbol);
  }
  symbols_ = std::move(kept);
}

const char* ElfSymbols::Find(uint64_t address, uint64_t* start) const {
  auto it = std::upper_bound(symbols_.begin(), symbols_.end(), address,
                             [](uint64_t value, const Symbol& symbol) {
                               return value < symbol.start;
                             });
  while (it != symbols_.begin() && (--it)->furthest_end > address) {
    if (address >= it->end) continue;
    *start = it->start;
    return it->name;
  }
  return nullptr;
}

}  // namespace bench_profiler
