#include "bench_profiler/symbolize/elf_file.h"

#include <elfutils/libdwelf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/auxv.h>
#include <unistd.h>

#include <utility>

namespace bench_profiler {

ElfFile::ElfFile(const std::string& path)
    : descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  elf_version(EV_CURRENT);
  if (descriptor_ < 0) return;
  elf_ = elf_begin(descriptor_, ELF_C_READ_MMAP, nullptr);
  if (elf_ && elf_kind(elf_) != ELF_K_ELF) {
    elf_end(elf_);
    elf_ = nullptr;
  }
}

ElfFile ElfFile::Vdso() {
  ElfFile file;
  elf_version(EV_CURRENT);
  auto* image = reinterpret_cast<char*>(getauxval(AT_SYSINFO_EHDR));
  if (!image) return file;
  // The section headers are the last thing in the image.
  const auto* header = reinterpret_cast<const ElfW(Ehdr)*>(image);
  file.elf_ = elf_memory(
      image, header->e_shoff + size_t{header->e_shnum} * header->e_shentsize);
  return file;
}

ElfFile::~ElfFile() {
  elf_end(elf_);
  if (descriptor_ >= 0) close(descriptor_);
}

ElfFile::ElfFile(ElfFile&& other) noexcept { *this = std::move(other); }

ElfFile& ElfFile::operator=(ElfFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(elf_, other.elf_);
  return *this;
}

std::string ElfFile::BuildId() const {
  const void* bytes = nullptr;
  const ssize_t size = elf_ ? dwelf_elf_gnu_build_id(elf_, &bytes) : 0;
  return size > 0 ? std::string(static_cast<const char*>(bytes),
                                static_cast<size_t>(size))
                  : std::string();
}

}  // namespace bench_profiler
