// The middle of several measurements, and how far they lie apart.
//
//   std::printf("%.2f ns (quartiles %.2f, %.2f)", Median(nanos),
//               Quantile(nanos, 0.25), Quantile(nanos, 0.75));
#ifndef BENCH_PROFILER_TESTS_BENCHMARKS_QUANTILE_H_
#define BENCH_PROFILER_TESTS_BENCHMARKS_QUANTILE_H_

#include <algorithm>
#include <cstddef>
#include <vector>

namespace bench_profiler {

// The smallest of `values`, which must not be empty, that at least this share
// of them does not exceed; as near as so many values allow.
inline double Quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<size_t>(share * last)];
}

inline double Median(const std::vector<double>& values) {
  return Quantile(values, 0.5);
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_BENCHMARKS_QUANTILE_H_
