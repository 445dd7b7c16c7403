// What should be known before a comparison is believed: that the runs are few,
// or were made on a busy machine. side_differences.h has how the sides differ.
//
//   AddWarnings(old_side, new_side, &comparison);
//   // "NEW has only 3 processes, which show large changes only"
#ifndef BENCH_PROFILER_COMPARE_COMPARISON_WARNINGS_H_
#define BENCH_PROFILER_COMPARE_COMPARISON_WARNINGS_H_

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/process.h"

namespace bench_profiler {

// Adds them to those that there are, the most important first. The rest of
// `comparison` is complete.
void AddWarnings(const Side& old_side, const Side& new_side,
                 Comparison* comparison);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_COMPARISON_WARNINGS_H_
