// What the new side of a comparison measured, for services that keep a history
// of numbers and compare by themselves.
//
//   for (const NewValue& value : NewValues(benchmark)) ...
#ifndef BENCH_PROFILER_COMPARE_NEW_VALUES_H_
#define BENCH_PROFILER_COMPARE_NEW_VALUES_H_

#include <cmath>
#include <vector>

#include "bench_profiler/compare/comparison.h"

namespace bench_profiler {

struct NewValue {
  const MeasureComparison* measure;
  double value;         // per operation; times are in nanoseconds, which is
                        // what such services expect
  Interval confidence;  // around it; NaN if unknown
};

// Those that are known.
std::vector<NewValue> NewValues(const BenchmarkComparison& benchmark);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_NEW_VALUES_H_
