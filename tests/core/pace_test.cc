#include "bench_profiler/collectors/wall/pace.h"

#include <gtest/gtest.h>

namespace bench_profiler {
namespace {

constexpr int64_t kPeriod = 10'000'000;

TEST(Pace, PausesAreAPeriodOnAverage) {
  Pace pace(kPeriod, 5);
  constexpr int kPauses = 100'000;
  double sum = 0;
  for (int i = 0; i < kPauses; ++i) {
    const int64_t pause = pace.NextPause();
    ASSERT_GE(pause, kPeriod / 2);
    ASSERT_LT(pause, kPeriod / 2 * 3);
    sum += static_cast<double>(pause);
    pace.NoteCost(150'000);
  }
  EXPECT_NEAR(sum / kPauses, kPeriod, 0.01 * kPeriod);
}

TEST(Pace, CostlyLooksAreFurtherApart) {
  Pace pace(kPeriod, 5);
  for (int i = 0; i < 500; ++i) pace.NoteCost(15'000'000);
  EXPECT_NEAR(static_cast<double>(pace.Period()), 100 * kPeriod,
              1e-3 * kPeriod);
  EXPECT_GE(pace.NextPause(), 49 * kPeriod);
  // A single one that costs more or less changes little, many do.
  pace.NoteCost(0);
  EXPECT_GT(pace.Period(), 90 * kPeriod);
  for (int i = 0; i < 500; ++i) pace.NoteCost(100'000);
  EXPECT_EQ(pace.Period(), kPeriod);
}

}  // namespace
}  // namespace bench_profiler
