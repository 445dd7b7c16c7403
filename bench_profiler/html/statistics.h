// How far the figures of a report can be trusted.
//
//   ShareError(25, 100)             // 0.085: 25 % of 100 samples, +- 8.5 %
//   RelativeSpread({1.0, 1.1, 0.9}) // 0.248: the mean of three, +- 24.8 %
#ifndef BENCH_PROFILER_HTML_STATISTICS_H_
#define BENCH_PROFILER_HTML_STATISTICS_H_

#include <cstdint>
#include <vector>

namespace bench_profiler {

// Half of the confidence interval at 95 % of a share of `part` of `whole`
// samples, by the normal approximation of the binomial distribution.
double ShareError(double part, double whole);

// Half of the confidence interval at 95 % of the mean, by Student's t, divided
// by the mean; negative for fewer than two values.
double RelativeSpread(const std::vector<double>& values);

// How many more seconds to run to have `wanted` samples, if `seconds` gave
// `samples`; 0 if there are enough, or if nobody can tell.
double MoreSeconds(int64_t samples, double seconds, int64_t wanted);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_STATISTICS_H_
