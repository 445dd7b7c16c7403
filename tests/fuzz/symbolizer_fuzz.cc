// libFuzzer target: any bytes as an ELF file must neither crash nor hang.
//
//   clang++ -std=c++17 -g -O1 -fsanitize=fuzzer,address,undefined -I.
//       tests/fuzz/symbolizer_fuzz.cc bench_profiler/symbolize/*.cc
//       -ldw -lelf -lz -o symbolizer_fuzz
//   ./symbolizer_fuzz -max_len=65536 CORPUS   # a folder of small ELF files
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/symbolize/symbolizer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const int file = memfd_create("symbolizer_fuzz", MFD_CLOEXEC);
  if (file < 0) return 0;
  if (write(file, data, size) == static_cast<ssize_t>(size)) {
    bench_profiler::Symbolizer symbolizer(
        {{"/proc/self/fd/" + std::to_string(file), ""}});
    std::vector<bench_profiler::Symbolizer::Address> addresses;
    // Where the text of small programs is, with and without PIE.
    for (const uint64_t start : {0x0U, 0x1000U, 0x401000U}) {
      for (uint64_t offset = 0; offset < 0x400; offset += 3) {
        addresses.push_back({0, start + offset});
      }
    }
    symbolizer.Resolve(addresses);
  }
  close(file);
  return 0;
}
