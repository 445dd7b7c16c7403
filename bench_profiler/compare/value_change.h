// Whether a value that is measured, and differs from process to process, has
// changed: time per operation.
//
//   ValueTest test = TestValues({1.00, 1.02, 0.99}, {1.09, 1.11, 1.08});
//   Change change = ChangeOf(test, /*is_rejected=*/true, min_effect);
//   // slower, +9 %, from +5.6 % to +12.6 %
//
// How it is decided. A process is one observation. Its values are compared as
// logarithms, so that a machine that is 3 % slower adds the same to all.
//   changed    Welch's test finds it, corrected by Holm over all benchmarks,
//              and it is larger than the least effect, 2 %
//   unchanged  the interval lies within 2.5 least effects: a change of more
//              than 5 % is ruled out at 95 %; and a smaller one is not in sight
//   undecided  all else, and always where a side has a single process
// "Unchanged" is a claim, and a noisy machine cannot make it.
#ifndef BENCH_PROFILER_COMPARE_VALUE_CHANGE_H_
#define BENCH_PROFILER_COMPARE_VALUE_CHANGE_H_

#include <cstddef>
#include <vector>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/statistics.h"

namespace bench_profiler {

struct ValueTest {
  // Of logarithms; of values as parts of the mean old one if there are zeros.
  TTest test;
  bool is_of_logs = true;
  double process_noise = NAN;  // standard deviation; NaN if unknown
  double old_mean = NAN;
  double new_mean = NAN;
  size_t old_count = 0;
  size_t new_count = 0;

  // Takes off what is not the program's: `drift` is on the scale of the test.
  void TakeOff(double drift);
  // `difference` as a part of the old value.
  double Relative(double difference) const;
};

// Values are not negative; what is so, or no number, is not known and left out.
ValueTest TestValues(const std::vector<double>& old_values,
                     const std::vector<double>& new_values);

Change ChangeOf(const ValueTest& test, bool is_rejected, double min_effect);

// How many processes a side would tell a change of 2.5 least effects from none,
// if `tests` benchmarks are compared; 0 if nobody would run so many. If a side
// has only one process the noise is taken for that of an idle machine.
int RunsToDecide(const ValueTest& test, double min_effect);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_VALUE_CHANGE_H_
