// Labels before they become a set: cleaned, sorted, each key once.
//
//   LabelList list;
//   list.Set("request", 7, "/book/list", 10);
//   for (const LabelList::Entry& label : list) ...
//
// Needs about 5 KiB of stack. Only texts that had to be changed are copied; the
// others must stay valid.
#ifndef BENCH_PROFILER_RECORD_LABEL_LIST_H_
#define BENCH_PROFILER_RECORD_LABEL_LIST_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/record/label_sets.h"

namespace bench_profiler {

class LabelList {
 public:
  struct Text {
    const char* data;
    size_t size;
  };
  struct Entry {
    Text key;
    Text value;
  };

  // Adds a label in the way that InternLabels describes.
  void Set(const char* key, size_t key_size, const char* value,
           size_t value_size);

  // How many bytes all texts take, each with a NUL.
  size_t TextSize() const;

  uint64_t Hash() const;

  bool Equals(const LabelSet& set) const;

  size_t size() const { return size_; }
  const Entry* begin() const { return entries_; }
  const Entry* end() const { return entries_ + size_; }

 private:
  Text Clean(const char* data, size_t size);

  size_t size_ = 0;
  size_t cleaned_size_ = 0;
  Entry entries_[kMaxLabels];
  char cleaned_[4 * kMaxLabelText];  // texts that had to be changed
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_LABEL_LIST_H_
