// How a change of what is measured is decided, of a benchmark and of a function
// alike.
//
//   DecideVerdict({0.03, {0.01, 0.05}, /*is_rejected=*/true}, 0.02, 0.05)
//       == Verdict::kSlower
//
//   changed    the test finds it, corrected for how many were tested, and it is
//              larger than the least effect
//   unchanged  its interval lies within the tolerance: at 95 %, larger changes
//              are ruled out; and it does not look like a change either
//   undecided  all else
// So "unchanged" is a claim: that nothing larger than the tolerance happened.
// If it were only "nothing was found", a noisy machine would pass everything.
#ifndef BENCH_PROFILER_COMPARE_VERDICT_RULE_H_
#define BENCH_PROFILER_COMPARE_VERDICT_RULE_H_

#include "bench_profiler/compare/comparison.h"

namespace bench_profiler {

// Of intervals on each side: they are at 95 %.
inline constexpr double kUpperQuantile = 0.975;

// What "unchanged" rules out: 5 % for a least effect of 2 %. With 10 processes
// a side this can be said up to a noise of about 4 %.
double Tolerance(double least_effect);

struct Evidence {
  double change = 0;
  Interval interval;
  bool is_rejected = false;  // that nothing changed
};

Verdict DecideVerdict(const Evidence& evidence, double least_effect,
                      double tolerance);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_VERDICT_RULE_H_
