#include "bench_profiler/symbolize/debug_file.h"

#include <elfutils/libdwelf.h>
#include <gelf.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

#include "bench_profiler/symbolize/loaded_file.h"

namespace bench_profiler {
namespace {

std::string RealPath(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(
      realpath(path.c_str(), nullptr), &std::free);
  return real ? real.get() : path;
}

std::string Hex(const std::string& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

// The checksum that .gnu_debuglink has of its file.
uint32_t Checksum(int descriptor) {
  std::array<unsigned char, 1 << 16> buffer;
  uLong crc = crc32(0, nullptr, 0);
  off_t offset = 0;
  ssize_t size = 0;
  while ((size = pread(descriptor, buffer.data(), buffer.size(), offset)) > 0) {
    crc = crc32(crc, buffer.data(), static_cast<uInt>(size));
    offset += size;
  }
  return static_cast<uint32_t>(crc);
}

// Null when there is no compilation unit: libdw is also content with a file
// that has nothing but .debug_frame.
Dwarf* OpenDwarf(Elf* elf) {
  Dwarf* dwarf = dwarf_begin_elf(elf, DWARF_C_READ, nullptr);
  Dwarf_CU* unit = nullptr;
  if (dwarf && dwarf_get_units(dwarf, nullptr, &unit, nullptr, nullptr, nullptr,
                               nullptr) == 0) {
    return dwarf;
  }
  dwarf_end(dwarf);
  return nullptr;
}

}  // namespace

ObjectFile::ObjectFile(const SymbolModule& module,
                       const std::string& debug_root) {
  file_ = OpenLoadedFile(module);
  if (!elf()) return;
  dwarf_ = OpenDwarf(elf());
  if (!dwarf_) FindDebugFile(module.path, debug_root);
}

ObjectFile::~ObjectFile() { dwarf_end(dwarf_); }

// Its symbols are of use even if it has no debug information.
bool ObjectFile::UseDebugFile(ElfFile file) {
  if (!file.elf()) return false;
  debug_file_ = std::move(file);
  dwarf_ = OpenDwarf(debug_elf());
  return true;
}

void ObjectFile::FindDebugFile(const std::string& path,
                               const std::string& debug_root) {
  const std::string build_id = file_.BuildId();
  if (build_id.size() > 1) {
    const std::string hex = Hex(build_id);
    ElfFile file(debug_root + "/.build-id/" + hex.substr(0, 2) + "/" +
                 hex.substr(2) + ".debug");
    if (file.BuildId() == build_id && UseDebugFile(std::move(file))) return;
  }
  GElf_Word checksum = 0;
  const char* link = dwelf_elf_gnu_debuglink(elf(), &checksum);
  if (!link) return;
  const std::string real_path = RealPath(path);
  const std::string directory = real_path.substr(0, real_path.rfind('/') + 1);
  for (const std::string& candidate :
       {directory + link, directory + ".debug/" + link,
        debug_root + directory + link}) {
    if (candidate == real_path) continue;
    ElfFile file(candidate);
    if (!file.elf()) continue;
    // Equal build ids spare reading the whole file for its checksum.
    const bool same = !build_id.empty() && !file.BuildId().empty()
                          ? file.BuildId() == build_id
                          : Checksum(file.descriptor()) == checksum;
    if (same && UseDebugFile(std::move(file))) return;
  }
}

uint64_t ObjectFile::TextStart() const {
  uint64_t start = UINT64_MAX;
  Elf_Scn* section = nullptr;
  while ((section = elf_nextscn(elf(), section)) != nullptr) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) && (header.sh_flags & SHF_EXECINSTR)) {
      start = std::min<uint64_t>(start, header.sh_addr);
    }
  }
  return start == UINT64_MAX ? 1 : start;
}

}  // namespace bench_profiler
