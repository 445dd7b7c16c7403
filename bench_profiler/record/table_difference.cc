#include "bench_profiler/record/table_difference.h"

#include <algorithm>
#include <iterator>

namespace bench_profiler {

bool TableDifference::AddTimes(int sign, size_t num_values,
                               const RawProfile& data,
                               ArrayView<SampleRow> rows) {
  PageArray<uint32_t> numbers;  // in stacks_, of each of data.stacks
  if (!numbers.Resize(data.stacks.size)) return false;
  // Parents come before their children.
  for (uint32_t i = 1; i < data.stacks.size; ++i) {
    const StackNode& node = data.stacks[i];
    numbers[i] = stacks_.Child(numbers[node.parent], node.address, node.module);
  }
  for (SampleRow row : rows) {
    row.stack = row.stack < numbers.size() ? numbers[row.stack] : 0;
    row.note = 0;
    row.samples *= sign;
    for (size_t i = 0; i < kMaxSampleValues; ++i) {
      row.values[i] = i < num_values ? sign * row.values[i] : 0;
    }
    if (!rows_.Add(row)) return false;
  }
  return true;
}

bool TableDifference::FillIn(RawProfile* data, ProfileData* profile) {
  changed_.Clear();
  for (const SampleRow& row : rows_.rows()) {
    const bool is_zero =
        std::all_of(std::begin(row.values), std::end(row.values),
                    [](int64_t value) { return value == 0; });
    if (!is_zero && !changed_.Append(row)) return false;
  }
  data->stacks = stacks_.nodes();
  profile->samples = {changed_.data(), changed_.size()};
  return true;
}

}  // namespace bench_profiler
