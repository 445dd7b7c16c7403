#include "bench_profiler/collectors/instructions/object_biases.h"

#include <fcntl.h>
#include <link.h>
#include <unistd.h>

#include <charconv>
#include <cstring>

namespace bench_profiler {
namespace {

constexpr uint64_t kPage = 4096;

// The first address that an ELF file, whose start is at `start` in memory,
// wants to be mapped to.
uint64_t WantedAddress(uint64_t start) {
  const auto* header = reinterpret_cast<const ElfW(Ehdr)*>(start);
  if (std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return start;
  const auto* segments =
      reinterpret_cast<const ElfW(Phdr)*>(start + header->e_phoff);
  uint64_t wanted = UINT64_MAX;
  for (size_t i = 0; i < header->e_phnum; ++i) {
    const bool is_first =
        segments[i].p_type == PT_LOAD && segments[i].p_vaddr < wanted;
    if (is_first) wanted = segments[i].p_vaddr;
  }
  return wanted & ~(kPage - 1);
}

}  // namespace

bool ObjectBiases::Read() {
  const int file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  constexpr size_t kPiece = 16 * kPage;
  size_t size = 0;
  ssize_t got = 0;
  while (maps_.Resize(size + kPiece) &&
         (got = read(file, maps_.data() + size, kPiece)) > 0) {
    size += static_cast<size_t>(got);
  }
  close(file);
  return maps_.Resize(size) && got == 0;
}

// A line is "7f1200000000-7f1200021000 r--p 00000000 fe:00 1234   /lib/x.so".
// The start of a file is the first of its segments, and the headers are there.
uint64_t ObjectBiases::Of(std::string_view path) const {
  std::string_view rest(maps_.data(), maps_.size());
  while (!path.empty() && !rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() < rest.size() ? line.size() + 1
                                                 : line.size());
    const size_t name = line.find('/');
    if (name == std::string_view::npos || line.substr(name) != path) continue;
    if (line.find(" r") == std::string_view::npos ||
        line.find(" 00000000 ") == std::string_view::npos) {
      continue;
    }
    uint64_t start = 0;
    std::from_chars(line.data(), line.data() + line.size(), start, 16);
    return start - WantedAddress(start);
  }
  return 0;
}

}  // namespace bench_profiler
