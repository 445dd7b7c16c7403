#include "bench_profiler/compare/verdict_rule.h"

#include <algorithm>
#include <cmath>

namespace bench_profiler {

double Tolerance(double least_effect) {
  constexpr double kLeast = 0.01;  // no machine is so quiet
  return std::max(2.5 * least_effect, kLeast);
}

Verdict DecideVerdict(const Evidence& evidence, double least_effect,
                      double tolerance) {
  const Interval& interval = evidence.interval;
  const bool is_large = std::fabs(evidence.change) > least_effect;
  if (evidence.is_rejected && is_large) {
    return evidence.change > 0 ? Verdict::kSlower : Verdict::kFaster;
  }
  const bool looks_changed =
      is_large && (interval.low > 0 || interval.high < 0);
  const bool is_bounded =
      interval.low > -tolerance && interval.high < tolerance;
  return is_bounded && !looks_changed ? Verdict::kUnchanged
                                      : Verdict::kUndecided;
}

}  // namespace bench_profiler
