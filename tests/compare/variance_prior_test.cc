#include "bench_profiler/compare/variance_prior.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace bench_profiler {
namespace {

constexpr double kDf = 18;

// Variances, estimated with kDf degrees of freedom, of which the true ones
// differ by a factor of exp(spread), up or down.
std::vector<double> Estimates(size_t count, double spread) {
  std::mt19937_64 random(1);
  std::chi_squared_distribution<double> estimate(kDf);
  std::normal_distribution<double> normal;
  std::vector<double> ratios(count);
  for (double& ratio : ratios) {
    ratio = estimate(random) / kDf * std::exp(spread * normal(random));
  }
  return ratios;
}

TEST(VariancePrior, IsThatOfSmyth) {
  // By scipy's digamma and polygamma.
  const VariancePrior apart = EstimatePrior({0.1, 0.5, 1, 2, 10}, 18);
  EXPECT_NEAR(apart.df, 1.41913, 1e-3);
  EXPECT_NEAR(apart.ratio, 0.45225, 1e-4);
  const VariancePrior few = EstimatePrior({0.2, 0.7, 1.1, 1.6, 3.0}, 4);
  EXPECT_NEAR(few.df, 6.0767, 1e-2);
  EXPECT_NEAR(few.ratio, 1.0371, 1e-4);
}

TEST(VariancePrior, VariancesThatAreAlikeStandForEachOther) {
  const VariancePrior prior = EstimatePrior(Estimates(200, 0), kDf);
  EXPECT_NEAR(prior.ratio, 1, 0.1);
  EXPECT_GT(prior.df, 100);
  // One that is small by luck is put right.
  const ModeratedVariance moderated = Moderate(prior, 0.3, kDf);
  EXPECT_GT(moderated.ratio, 0.85);
  EXPECT_GT(moderated.df, 100);
}

TEST(VariancePrior, VariancesThatDifferStandForThemselves) {
  const VariancePrior prior = EstimatePrior(Estimates(200, 1.5), kDf);
  EXPECT_LT(prior.df, 3);
  EXPECT_GT(Moderate(prior, 20, kDf).ratio, 17);
}

// A function whose cost depends on where its memory lies, among others that are
// pure arithmetics, keeps its variance.
TEST(VariancePrior, OneThatIsDifferentIsNotMadeAlike) {
  std::vector<double> ratios = Estimates(29, 0);
  ratios.push_back(10);
  const VariancePrior prior = EstimatePrior(ratios, kDf);
  EXPECT_EQ(Moderate(prior, 10, kDf).ratio, 10);
  EXPECT_EQ(Moderate(prior, 10, kDf).df, kDf);
  EXPECT_LT(Moderate(prior, 1.4, kDf).ratio, 1.4);
}

TEST(VariancePrior, FewVariancesAreNoPrior) {
  const VariancePrior prior = EstimatePrior({1, 1, 1, 1}, kDf);
  EXPECT_EQ(prior.df, 0);
  EXPECT_EQ(Moderate(prior, 0.3, kDf).ratio, 0.3);
  EXPECT_EQ(Moderate(prior, 0.3, kDf).df, kDf);
}

TEST(VariancePrior, WhatIsEqualIsWorthAllThatThereIs) {
  const VariancePrior prior = EstimatePrior({0, 0, 0, 0, 0, 0}, kDf);
  EXPECT_EQ(prior.df, 6 * kDf);
  EXPECT_EQ(Moderate(prior, 0, kDf).df, 6 * kDf);
}

}  // namespace
}  // namespace bench_profiler
