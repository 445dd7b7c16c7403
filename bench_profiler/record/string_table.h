// Keeps NUL-terminated strings, one after the other.
//
//   StringTable strings;
//   StringOffset name = strings.Add("BM_Sort/8");
//
// Memory comes from PageArray, never from malloc. Not thread-safe.
#ifndef BENCH_PROFILER_RECORD_STRING_TABLE_H_
#define BENCH_PROFILER_RECORD_STRING_TABLE_H_

#include <cstring>

#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

class StringTable {
 public:
  StringTable() { characters_.Append('\0'); }

  // Copies `string`. Returns offset 0, which is "", if no memory is left.
  StringOffset Add(const char* string) {
    const size_t offset = characters_.size();
    const size_t size = std::strlen(string) + 1;
    if (size == 1 || !characters_.Resize(offset + size)) return 0;
    std::memcpy(&characters_[offset], string, size);
    return static_cast<StringOffset>(offset);
  }

  const char* Get(StringOffset offset) const {
    return characters_.data() + offset;
  }

  ArrayView<char> view() const {
    return {characters_.data(), characters_.size()};
  }

 private:
  PageArray<char> characters_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_STRING_TABLE_H_
