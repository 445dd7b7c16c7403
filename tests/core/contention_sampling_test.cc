// Samples of contentions against what they stand for. The seed is fixed, so
// that the result is always the same.
#include "bench_profiler/collectors/locks/contention_sampling.h"

#include <gtest/gtest.h>

#include <cmath>

namespace bench_profiler {
namespace {

constexpr int kDraws = 200'000;
constexpr double kErrors = 4;  // of the mean, in standard errors

struct Mean {
  void Add(ContentionSample sample) {
    nanos += static_cast<double>(sample.nanos) / kDraws;
    count += static_cast<double>(sample.count) / kContention / kDraws;
  }
  double nanos = 0;
  double count = 0;
};

// Kept with a chance of d / r, and standing for r nanoseconds and r / d waits:
// the variance of one is d (r - d), and that of its count (r - d) / d.
TEST(SampleWait, StandsForAllShortWaits) {
  constexpr int64_t kRate = 10'000;
  uint64_t random = 1;
  for (const int64_t nanos : {100, 3000, 5000, 9990}) {
    Mean mean;
    for (int i = 0; i < kDraws; ++i) {
      mean.Add(SampleWait(nanos, kRate, &random));
    }
    const auto d = static_cast<double>(nanos);
    const double r = kRate;
    EXPECT_NEAR(mean.nanos, d, kErrors * std::sqrt(d * (r - d) / kDraws))
        << nanos;
    // Counts are rounded to 1/1024.
    EXPECT_NEAR(mean.count, 1,
                kErrors * std::sqrt((r - d) / d / kDraws) + 0.5 / kContention)
        << nanos;
  }
}

TEST(SampleWait, KeepsLongWaitsAsTheyAre) {
  uint64_t random = 1;
  for (const int64_t nanos : {1000, 1001, 123456789}) {
    for (int i = 0; i < 1000; ++i) {
      const ContentionSample sample = SampleWait(nanos, 1000, &random);
      ASSERT_EQ(sample.nanos, nanos);
      ASSERT_EQ(sample.count, kContention);
    }
  }
}

TEST(SampleWait, WorksUpToTheLargestRate) {
  constexpr int64_t kLargest = int64_t{1} << 40;
  uint64_t random = 1;
  for (int i = 0; i < 1'000'000; ++i) {
    const ContentionSample sample =
        SampleWait(kLargest / 1000, kLargest, &random);
    if (sample.count == 0) continue;
    ASSERT_EQ(sample.nanos, kLargest);
    ASSERT_NEAR(static_cast<double>(sample.count), 1000.0 * kContention, 1);
  }
}

// Kept with a chance of 1 / N, and standing for N: the variance of x is
// (N - 1) x^2.
TEST(SampleUnlock, StandsForAllUnlocks) {
  uint64_t random = 1;
  for (const int64_t fraction : {1, 2, 10, 1000}) {
    Mean mean;
    for (int i = 0; i < kDraws; ++i) {
      mean.Add(SampleUnlock(/*waits=*/3, /*nanos=*/5000, fraction, &random));
    }
    const double error =
        kErrors * std::sqrt(static_cast<double>(fraction - 1) / kDraws) + 1e-9;
    EXPECT_NEAR(mean.nanos / 5000, 1, error) << fraction;
    EXPECT_NEAR(mean.count / 3, 1, error) << fraction;
  }
}

}  // namespace
}  // namespace bench_profiler
