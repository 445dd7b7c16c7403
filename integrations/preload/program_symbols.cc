#include "program_symbols.h"

#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

namespace bench_profiler {
namespace {

// A file that is mapped into memory. Everything that is read from it is checked
// to lie inside.
class MappedFile {
 public:
  explicit MappedFile(const char* path) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    struct stat status;
    if (fstat(fd, &status) == 0 && status.st_size > 0) {
      size_ = static_cast<size_t>(status.st_size);
      void* data = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd, 0);
      if (data == MAP_FAILED) {
        size_ = 0;
      } else {
        data_ = static_cast<const char*>(data);
      }
    }
    close(fd);
  }
  ~MappedFile() {
    if (data_ != nullptr) munmap(const_cast<char*>(data_), size_);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  // Returns null if the array does not lie completely inside the file.
  template <class T>
  const T* Array(size_t offset, size_t count) const {
    if (offset > size_ || count > (size_ - offset) / sizeof(T)) return nullptr;
    return reinterpret_cast<const T*>(data_ + offset);
  }

 private:
  const char* data_ = nullptr;
  size_t size_ = 0;
};

bool TableDefines(const MappedFile& file, const ElfW(Shdr) & table,
                  const ElfW(Shdr) & strings, const char* symbol) {
  const size_t count = table.sh_size / sizeof(ElfW(Sym));
  const size_t length = std::strlen(symbol) + 1;
  const auto* symbols = file.Array<ElfW(Sym)>(table.sh_offset, count);
  const char* names = file.Array<char>(strings.sh_offset, strings.sh_size);
  if (symbols == nullptr || names == nullptr) return false;
  for (size_t i = 0; i < count; ++i) {
    const size_t name = symbols[i].st_name;
    if (symbols[i].st_shndx != SHN_UNDEF && name < strings.sh_size &&
        length <= strings.sh_size - name &&
        std::memcmp(names + name, symbol, length) == 0) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool ProgramDefines(const char* symbol) {
  const MappedFile file("/proc/self/exe");
  const auto* header = file.Array<ElfW(Ehdr)>(0, 1);
  if (header == nullptr) return false;
  const size_t count = header->e_shnum;
  const auto* sections = file.Array<ElfW(Shdr)>(header->e_shoff, count);
  if (sections == nullptr) return false;
  for (size_t i = 0; i < count; ++i) {
    if (sections[i].sh_type != SHT_SYMTAB &&
        sections[i].sh_type != SHT_DYNSYM) {
      continue;
    }
    const size_t strings = sections[i].sh_link;
    if (strings < count &&
        TableDefines(file, sections[i], sections[strings], symbol)) {
      return true;
    }
  }
  return false;
}

}  // namespace bench_profiler
