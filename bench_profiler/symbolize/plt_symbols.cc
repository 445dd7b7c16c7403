#include "bench_profiler/symbolize/plt_symbols.h"

#include <cstddef>
#include <cstring>
#include <utility>

namespace bench_profiler {
namespace {

template <class T>
T Load(const Elf_Data& data, size_t offset) {
  T value;
  std::memcpy(&value, static_cast<const char*>(data.d_buf) + offset,
              sizeof(value));
  return value;
}

bool IsFunctionSlot(GElf_Half machine, GElf_Xword info) {
  const GElf_Xword type = GELF_R_TYPE(info);
  if (machine == EM_X86_64) {
    return type == R_X86_64_JUMP_SLOT || type == R_X86_64_GLOB_DAT;
  }
  return machine == EM_AARCH64 &&
         (type == R_AARCH64_JUMP_SLOT || type == R_AARCH64_GLOB_DAT);
}

}  // namespace

PltSymbols::PltSymbols(Elf* elf) {
  GElf_Ehdr file;
  size_t names = 0;
  if (!elf || !gelf_getehdr(elf, &file) ||
      elf_getshdrstrndx(elf, &names) != 0) {
    return;
  }
  GElf_Shdr header;
  Elf_Scn* section = nullptr;
  while ((section = elf_nextscn(elf, section)) != nullptr) {
    if (gelf_getshdr(section, &header) && header.sh_type == SHT_RELA) {
      ReadRelocations(elf, section, header);
    }
  }
  while ((section = elf_nextscn(elf, section)) != nullptr) {
    if (!gelf_getshdr(section, &header)) continue;
    const char* name = elf_strptr(elf, names, header.sh_name);
    if (name && std::strncmp(name, ".plt", 4) == 0) {
      ReadStubs(file.e_machine, section, header);
    }
  }
}

void PltSymbols::ReadRelocations(Elf* elf, Elf_Scn* section,
                                 const GElf_Shdr& header) {
  GElf_Ehdr file;
  GElf_Shdr table;
  Elf_Scn* symbols = elf_getscn(elf, header.sh_link);
  if (!gelf_getehdr(elf, &file) || !gelf_getshdr(symbols, &table) ||
      table.sh_type != SHT_DYNSYM) {
    return;
  }
  Elf_Data* data = elf_getdata(section, nullptr);
  Elf_Data* symbol_data = elf_getdata(symbols, nullptr);
  GElf_Rela relocation;
  for (int i = 0; data && gelf_getrela(data, i, &relocation); ++i) {
    GElf_Sym symbol;
    if (!IsFunctionSlot(file.e_machine, relocation.r_info) ||
        !gelf_getsym(symbol_data,
                     static_cast<int>(GELF_R_SYM(relocation.r_info)),
                     &symbol)) {
      continue;
    }
    const char* name = elf_strptr(elf, table.sh_link, symbol.st_name);
    if (name && name[0] != '\0') got_names_[relocation.r_offset] = name;
  }
}

void PltSymbols::AddStub(uint64_t start, uint64_t end, uint64_t got_entry) {
  const auto name = got_names_.find(got_entry);
  if (name != got_names_.end()) stubs_[start] = {end, name->second + "@plt"};
}

void PltSymbols::ReadStubs(GElf_Half machine, Elf_Scn* section,
                           const GElf_Shdr& header) {
  const Elf_Data* data = elf_rawdata(section, nullptr);
  if (!data || !data->d_buf) return;
  if (machine == EM_X86_64) {
    // jmp *DISTANCE(%rip), from the next instruction on; stubs are aligned to
    // their size, and some begin with endbr64.
    constexpr uint16_t kJump = 0x25ff;
    constexpr size_t kSize = 6;
    const uint64_t stub_size = header.sh_entsize >= 8 ? header.sh_entsize : 16;
    for (size_t at = 0; at + kSize <= data->d_size; ++at) {
      if (Load<uint16_t>(*data, at) != kJump) continue;
      const uint64_t start = at - at % stub_size;
      AddStub(header.sh_addr + start, header.sh_addr + start + stub_size,
              header.sh_addr + at + kSize +
                  static_cast<uint64_t>(int64_t{Load<int32_t>(*data, at + 2)}));
    }
  } else if (machine == EM_AARCH64) {
    // adrp x16, PAGES; ldr x17, [x16, OFFSET]; add; br x17. Before it there may
    // be bti c.
    constexpr uint32_t kBti = 0xd503245f;
    for (size_t at = 0; at + 16 <= data->d_size; at += 4) {
      const auto page = Load<uint32_t>(*data, at);
      const auto load = Load<uint32_t>(*data, at + 4);
      if ((page & 0x9f00001f) != 0x90000010 ||
          (load & 0xffc003ff) != 0xf9400211) {
        continue;
      }
      // 21 bits, signed: those of bits 5 to 23, then of 29 and 30.
      const uint64_t bits =
          uint64_t{page >> 5 & 0x7ffff} << 2 | (page >> 29 & 3);
      const uint64_t pages = (bits ^ 0x100000) - 0x100000;
      const uint64_t address = header.sh_addr + at;
      const bool has_bti = at >= 4 && Load<uint32_t>(*data, at - 4) == kBti;
      AddStub(has_bti ? address - 4 : address, address + 16,
              (address & ~uint64_t{0xfff}) + (pages << 12) +
                  (load >> 10 & 0xfff) * 8);
    }
  }
}

const char* PltSymbols::Find(uint64_t address, uint64_t* start) const {
  auto it = stubs_.upper_bound(address);
  if (it == stubs_.begin() || address >= (--it)->second.end) return nullptr;
  *start = it->first;
  return it->second.name.c_str();
}

}  // namespace bench_profiler
