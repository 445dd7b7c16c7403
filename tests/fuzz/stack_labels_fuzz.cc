// libFuzzer target: any text as the name of a function must neither crash nor
// give a label that is longer than the room for it.
//
//   clang++ -std=c++17 -g -O1 -fsanitize=fuzzer,address,undefined -I.
//       tests/fuzz/stack_labels_fuzz.cc integrations/preload/stack_labels.cc
//       integrations/*/stack_label.cc -o stack_labels_fuzz
//   ./stack_labels_fuzz CORPUS   # a folder with a name in each file
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "integrations/preload/stack_labels.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string function(reinterpret_cast<const char*>(data), size);
  for (const bench_profiler::StackLabel& label :
       bench_profiler::FrameworkStackLabels()) {
    for (const size_t room : {size_t{1}, size_t{8}, size_t{1024}}) {
      std::vector<char> value(room);  // with AddressSanitizer's eye on its end
      if (label.read(function.c_str(), value.data(), room) &&
          std::memchr(value.data(), '\0', room) == nullptr) {
        std::abort();
      }
    }
  }
  return 0;
}
