// An open ELF file, or none.
//
//   ElfFile file("/usr/bin/true");
//   if (file.elf()) ...          // it is there and an ELF file
#ifndef BENCH_PROFILER_SYMBOLIZE_ELF_FILE_H_
#define BENCH_PROFILER_SYMBOLIZE_ELF_FILE_H_

#include <libelf.h>

#include <string>

namespace bench_profiler {

// Owns the file descriptor.
class ElfFile {
 public:
  ElfFile() = default;
  explicit ElfFile(const std::string& path);
  // The vDSO of this process, which is no file but an image in memory.
  static ElfFile Vdso();
  ~ElfFile();
  ElfFile(ElfFile&& other) noexcept;
  ElfFile& operator=(ElfFile&& other) noexcept;

  Elf* elf() const { return elf_; }
  int descriptor() const { return descriptor_; }
  // The bytes of its build id; "" if it has none.
  std::string BuildId() const;

 private:
  int descriptor_ = -1;
  Elf* elf_ = nullptr;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_ELF_FILE_H_
