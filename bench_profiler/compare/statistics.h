// Student's t distribution, Welch's test, and Holm's correction.
//
//   const TTest test = WelchTest(MomentsOf(old_logs), MomentsOf(new_logs));
//   // test.difference, the standard error of it, and how rare it would be
//   const std::vector<bool> rejected = HolmRejects({0.001, 0.04, 0.3}, 0.05);
//   // == {true, false, false}
#ifndef BENCH_PROFILER_COMPARE_STATISTICS_H_
#define BENCH_PROFILER_COMPARE_STATISTICS_H_

#include <cmath>
#include <cstddef>
#include <vector>

namespace bench_profiler {

// P(T <= t) of Student's distribution with `df` > 0 degrees of freedom, by the
// regularized incomplete beta function (NIST Digital Library of Mathematical
// Functions, 8.17.22: the continued fraction; W. S. Gosset 1908).
double StudentCdf(double t, double df);

// P(|T| >= |t|), also where it is too small to be taken off 1.
double StudentTwoSided(double t, double df);

// The t that StudentCdf(t, df) == p belongs to; 0 < p < 1.
double StudentQuantile(double p, double df);

// P(F >= f) of Fisher's distribution, by the same function: how rare it is that
// a variance with `df` degrees of freedom is f times another one with
// `other_df`, if both estimate the same.
double FisherUpper(double f, double df, double other_df);

// What P processes with this many degrees of freedom stand for if there is no
// number: the normal distribution.
inline constexpr double kManyDegrees = 1e6;

// Of independent values, by Welford's method (Technometrics 4, 1962).
struct Moments {
  size_t count = 0;
  double mean = 0;
  double squares = 0;  // the sum of the squared distances from the mean

  void Add(double value);
  // Unbiased; 0 of less than two values.
  double Variance() const {
    return count < 2 ? 0 : squares / static_cast<double>(count - 1);
  }
};

Moments MomentsOf(const std::vector<double>& values);

struct TTest {
  double difference = NAN;  // new - old
  double error = NAN;       // its standard error
  double df = NAN;
  double statistic = 0;  // difference / error
  double p_value = NAN;  // two-sided
};

// B. L. Welch, "The generalization of 'Student's' problem when several
// different population variances are involved", Biometrika 34 (1947), with the
// degrees of freedom of F. E. Satterthwaite, Biometrics Bulletin 2 (1946). The
// error is at least `least_error`: values that are equal by chance, or because
// a clock is coarse, are not evidence beyond all doubt. NaN if a side has less
// than two values.
TTest WelchTest(const Moments& old_values, const Moments& new_values,
                double least_error);

// S. Holm, "A simple sequentially rejective multiple test procedure",
// Scandinavian Journal of Statistics 6 (1979): which hypotheses to reject so
// that the probability of any false rejection is at most `alpha`. Those that
// are NaN were not tested, and do not count.
std::vector<bool> HolmRejects(const std::vector<double>& p_values,
                              double alpha);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_STATISTICS_H_
