// How often a comparison may be looked at while its runs go on.
//
//   Looks looks(50, 0.05);            // 50 runs a side at most
//   if (looks.IsDue(runs)) {          // 5, 10, 20 and 40 runs
//     options.alpha = looks.Take(runs);
//     ... compare; stop if every benchmark is decided ...
//   }
//   options.alpha = looks.Rest();     // of the last comparison
//
// Who looks at the same data again and again, and stops as soon as something
// shows, is wrong more often than the level of his test says: with five looks
// at 5 %, in one of seven cases instead of one of twenty. So the looks share
// the level. How it is shared out is the spending function alpha ln(1 + (e - 1)
// t) of the part t of all runs (K. K. G. Lan and D. L. DeMets, Discrete
// sequential boundaries for clinical trials, Biometrika 70, 1983), which
// resembles S. J. Pocock's boundaries: an early look gets enough to see a large
// change. Each look is at the level that is spent for it. Their sum is alpha,
// so that Bonferroni's inequality holds for all of them together, whatever the
// correlation between looks and the number of benchmarks in each.
#ifndef BENCH_PROFILER_COMPARE_LOOKS_H_
#define BENCH_PROFILER_COMPARE_LOOKS_H_

#include "bench_profiler/compare/comparison.h"

namespace bench_profiler {

class Looks {
 public:
  // `limit` is the number of runs at which the last look comes.
  Looks(int limit, double alpha) : limit_(limit), alpha_(alpha) {}

  // Whether to look after so many runs of each side. Not at the limit, where
  // the runs end anyway.
  bool IsDue(int runs) const;

  // The level of this look.
  double Take(int runs);

  // What is left for the last one.
  double Rest() const { return alpha_ - spent_; }

 private:
  int limit_;
  double alpha_;
  double spent_ = 0;
};

// Whether more runs would tell nothing new: each benchmark that both programs
// have has changed, or surely has not.
bool IsDecided(const Comparison& comparison);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_LOOKS_H_
