// Whether a value that is measured, and differs from process to process, has
// changed: time per operation.
//
//   ValueTest test = TestValues({1.00, 1.02, 0.99}, {1.09, 1.11, 1.08});
//   Change change = ChangeOf(test, /*is_rejected=*/true, min_effect);
//   // slower, +9 %, from +5.6 % to +12.6 %
//
// A process is one observation. Its values are compared as logarithms, so that
// a machine that is 3 % slower adds the same to all of them. verdict_rule.h
// says how it is decided; where a side has a single process, nothing is.
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
  double old_mean = NAN;       // geometric, of logarithms
  double new_mean = NAN;
  // Standard errors of the means, as parts of them. Of a single process it is
  // the other side's noise, or what a busy machine shows.
  double old_error = NAN;
  double new_error = NAN;
  size_t old_count = 0;
  size_t new_count = 0;
  double drift = 0;  // that was taken off

  // Takes off what is not the program's, on the scale of the test.
  void TakeOff(double value);
  // `difference` as a part of the old value.
  double Relative(double difference) const;
  bool IsKnown() const { return old_count > 0 && new_count > 0; }
  bool HasSingle() const { return old_count < 2 || new_count < 2; }
};

// Values are not negative; what is so, or no number, is not known and left out.
ValueTest TestValues(const std::vector<double>& old_values,
                     const std::vector<double>& new_values);

// `is_rejected` is what Holm's correction made of the test.
Change ChangeOf(const ValueTest& values, bool is_rejected, double min_effect);

// How many processes a side would probably decide it, if `tests` benchmarks are
// compared: the interval would be half as wide as the tolerance, and the change
// that it looks like would be found. 0 if nobody would run so many. What single
// processes do not tell is taken for the noise of an idle machine.
int RunsToDecide(const ValueTest& values, double min_effect, double alpha,
                 size_t tests);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_VALUE_CHANGE_H_
