// By how much a table has grown between two moments: its rows then and now,
// subtracted.
//
//   TableDifference difference;
//   difference.Add(now, rows_now);
//   difference.Subtract(before, rows_before, kMaxSampleValues);
//   difference.FillIn(&data, &profile);
//
// This is done with what was counted, before it is turned into estimates
// (ProfileType::unsample): these are linear in the values of a row, and so a
// difference is rounded once and not twice. Rows of single threads become rows
// of all threads in the same place.
//
// Memory comes from PageArray, never from malloc. Not thread-safe.
#ifndef BENCH_PROFILER_RECORD_TABLE_DIFFERENCE_H_
#define BENCH_PROFILER_RECORD_TABLE_DIFFERENCE_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/record/sample_table.h"
#include "bench_profiler/record/stack_table.h"

namespace bench_profiler {

class TableDifference {
 public:
  // Both return false if no memory is left. `data` has the stacks of `rows`.
  // The two must have the same modules, but one may have more of them.
  bool Add(const RawProfile& data, ArrayView<SampleRow> rows) {
    return AddTimes(+1, kMaxSampleValues, data, rows);
  }
  // Only of the first `num_values`: the others stay what was added.
  bool Subtract(const RawProfile& data, ArrayView<SampleRow> rows,
                size_t num_values) {
    return AddTimes(-1, num_values, data, rows);
  }

  // Sets the stacks and the samples: all that are not 0. They are valid until
  // the next change.
  bool FillIn(RawProfile* data, ProfileData* profile);

 private:
  bool AddTimes(int sign, size_t num_values, const RawProfile& data,
                ArrayView<SampleRow> rows);

  StackTable stacks_;
  SampleTable rows_;
  PageArray<SampleRow> changed_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_TABLE_DIFFERENCE_H_
