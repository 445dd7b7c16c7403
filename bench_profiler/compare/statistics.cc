#include "bench_profiler/compare/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace bench_profiler {
namespace {

// The continued fraction of the incomplete beta function, from its front by the
// modified method of W. J. Lentz (Applied Optics 15, 1976). It converges fast
// for x < (a + 1) / (a + b + 2), in about sqrt(max(a, b)) steps.
double BetaFraction(double x, double a, double b) {
  constexpr double kTiny = 1e-300;  // in place of a denominator of 0
  constexpr int kMaxSteps = 10000;
  const auto not_zero = [](double value) {
    return std::fabs(value) < kTiny ? kTiny : value;
  };
  double c = 1;
  double d = 1 / not_zero(1 - (a + b) * x / (a + 1));
  double result = d;
  for (int m = 1; m <= kMaxSteps; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / not_zero(1 + even * d);
    c = not_zero(1 + even / c);
    result *= c * d;
    const double odd =
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / not_zero(1 + odd * d);
    c = not_zero(1 + odd / c);
    result *= c * d;
    if (std::fabs(c * d - 1) < std::numeric_limits<double>::epsilon()) break;
  }
  return result;
}

// I_x(a, b). `y` is 1 - x: it would lose its digits if x is close to 1.
double RegularizedBeta(double x, double y, double a, double b) {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const double factor =
      std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
               a * std::log(x) + b * std::log(y));
  if (x < (a + 1) / (a + b + 2)) return factor * BetaFraction(x, a, b) / a;
  return 1 - factor * BetaFraction(y, b, a) / b;
}

double StudentDensity(double t, double df) {
  return std::exp(std::lgamma((df + 1) / 2) - std::lgamma(df / 2) -
                  (df + 1) / 2 * std::log1p(t * t / df)) /
         std::sqrt(df * M_PI);
}

}  // namespace

double StudentTwoSided(double t, double df) {
  if (std::isnan(t) || !(df > 0)) return NAN;
  if (std::isinf(t)) return 0;
  const double square = t * t;
  return RegularizedBeta(df / (df + square), square / (df + square), df / 2,
                         0.5);
}

double StudentCdf(double t, double df) {
  const double tail = StudentTwoSided(t, df) / 2;
  return t > 0 ? 1 - tail : tail;
}

double FisherUpper(double f, double df, double other_df) {
  if (std::isnan(f) || !(df > 0) || !(other_df > 0)) return NAN;
  if (f <= 0) return 1;
  const double all = other_df + df * f;
  return RegularizedBeta(other_df / all, df * f / all, other_df / 2, df / 2);
}

double StudentQuantile(double p, double df) {
  if (!(p > 0 && p < 1) || !(df > 0)) return NAN;
  if (p == 0.5) return 0;
  if (p > 0.5) return -StudentQuantile(1 - p, df);
  // Newton's steps, which halve the interval instead where they would leave it:
  // far out the density is too flat for them.
  double low = -1;
  while (StudentCdf(low, df) > p) low *= 2;
  double high = 0;
  double t = low;
  for (int step = 0; step < 200; ++step) {
    const double excess = StudentCdf(t, df) - p;
    (excess < 0 ? low : high) = t;
    double next = t - excess / StudentDensity(t, df);
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    if (std::fabs(next - t) <= 1e-12 * std::fabs(t)) return next;
    t = next;
  }
  return t;
}

void Moments::Add(double value) {
  ++count;
  const double distance = value - mean;
  mean += distance / static_cast<double>(count);
  squares += distance * (value - mean);
}

Moments MomentsOf(const std::vector<double>& values) {
  Moments moments;
  for (const double value : values) moments.Add(value);
  return moments;
}

TTest WelchTest(const Moments& old_values, const Moments& new_values,
                double least_error) {
  TTest test;
  if (old_values.count > 0 && new_values.count > 0) {
    test.difference = new_values.mean - old_values.mean;
  }
  if (old_values.count < 2 || new_values.count < 2) return test;
  const double old_part =
      old_values.Variance() / static_cast<double>(old_values.count);
  const double new_part =
      new_values.Variance() / static_cast<double>(new_values.count);
  const double sum = old_part + new_part;
  const auto old_df = static_cast<double>(old_values.count - 1);
  const auto new_df = static_cast<double>(new_values.count - 1);
  test.error = std::max(std::sqrt(sum), least_error);
  test.df =
      sum > 0
          ? sum * sum /
                (old_part * old_part / old_df + new_part * new_part / new_df)
          : old_df + new_df;
  if (!std::isfinite(test.df)) test.df = old_df + new_df;
  test.statistic = test.error > 0 ? test.difference / test.error : 0;
  test.p_value = StudentTwoSided(test.statistic, test.df);
  return test;
}

std::vector<bool> HolmRejects(const std::vector<double>& p_values,
                              double alpha) {
  std::vector<size_t> order;
  for (size_t i = 0; i < p_values.size(); ++i) {
    if (!std::isnan(p_values[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return p_values[a] < p_values[b];
  });
  std::vector<bool> rejected(p_values.size(), false);
  size_t left = order.size();
  for (const size_t i : order) {
    if (p_values[i] > alpha / static_cast<double>(left)) break;
    rejected[i] = true;
    --left;
  }
  return rejected;
}

}  // namespace bench_profiler
