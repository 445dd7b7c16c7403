#include "bench_profiler/compare/variance_prior.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "bench_profiler/compare/statistics.h"

namespace bench_profiler {
namespace {

constexpr size_t kLeastVariances = 5;
// Of shares that are equal by chance the logarithm would be endless.
constexpr double kLeastRatio = 1e-3;

// Rarer variances are not drawn from what the others are.
constexpr double kRare = 0.05;

// The first two derivatives of ln Gamma by their asymptotic series, which is
// good from 6 on, after the recurrence has led there (NIST Digital Library of
// Mathematical Functions, 5.5.2, 5.11.2 and 5.15).
double Digamma(double x) {
  double sum = 0;
  for (; x < 6; ++x) sum -= 1 / x;
  const double square = 1 / (x * x);
  return sum + std::log(x) - 1 / (2 * x) -
         square * (1.0 / 12 - square * (1.0 / 120 - square / 252));
}

double Trigamma(double x) {
  double sum = 0;
  for (; x < 6; ++x) sum += 1 / (x * x);
  const double square = 1 / (x * x);
  return sum + 1 / x + square / 2 +
         square / x * (1.0 / 6 - square * (1.0 / 30 - square / 42));
}

// By bisection: it falls from infinity to 0.
double InverseTrigamma(double value) {
  double low = 1e-4;
  double high = 1e8;
  for (int i = 0; i < 100; ++i) {
    const double middle = std::sqrt(low * high);
    (Trigamma(middle) > value ? low : high) = middle;
  }
  return low;
}

}  // namespace

VariancePrior EstimatePrior(const std::vector<double>& ratios, double df) {
  VariancePrior prior;
  if (ratios.size() < kLeastVariances || !(df > 0)) return prior;
  Moments logs;
  for (const double ratio : ratios) {
    logs.Add(std::log(std::max(ratio, kLeastRatio)));
  }
  const double mean = logs.mean - Digamma(df / 2) + std::log(df / 2);
  // What is left when the estimates' own uncertainty is taken off.
  const double variance = logs.Variance() - Trigamma(df / 2);
  prior.max_df = df * static_cast<double>(ratios.size());
  prior.df = variance > 0 ? 2 * InverseTrigamma(variance) : prior.max_df;
  const double half = prior.df / 2;
  prior.ratio = variance > 0 ? std::exp(mean + Digamma(half) - std::log(half))
                             : std::exp(mean);
  return prior;
}

ModeratedVariance Moderate(const VariancePrior& prior, double ratio,
                           double df) {
  if (!(prior.df > 0)) return {ratio, df};
  if (FisherUpper(ratio / prior.ratio, df, prior.df) < kRare) {
    return {ratio, df};
  }
  const double all = prior.df + df;
  return {(prior.df * prior.ratio + df * ratio) / all,
          std::min(all, prior.max_df)};
}

}  // namespace bench_profiler
