// Adds up samples with the same stack and the same circumstances.
//
//   SampleTable samples;
//   SampleRow row;
//   row.stack = stack; row.run = run; row.values[0] = 1;
//   samples.Add(row);
//
// The table grows with the number of distinct rows, not of samples. Memory
// comes from PageArray, never from malloc. Not thread-safe.
#ifndef BENCH_PROFILER_RECORD_SAMPLE_TABLE_H_
#define BENCH_PROFILER_RECORD_SAMPLE_TABLE_H_

#include <cstdint>

#include "bench_profiler/platform/hash_slots.h"
#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

class SampleTable {
 public:
  // Adds the values of `row` to the row with the same stack, run, thread,
  // phase, labels, note, size and rate. Returns false if a new row is needed
  // and the system has no memory left.
  bool Add(const SampleRow& row);

  ArrayView<SampleRow> rows() const { return {rows_.data(), rows_.size()}; }

 private:
  PageArray<SampleRow> rows_;
  PageHash<uint32_t> index_;  // of rows_, plus one
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_SAMPLE_TABLE_H_
