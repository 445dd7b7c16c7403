#include "bench_profiler/profile/heap_estimates.h"

#include <gtest/gtest.h>

#include <cmath>

namespace bench_profiler {
namespace {

TEST(BlocksPerSample, IsTheInverseOfTheProbability) {
  EXPECT_DOUBLE_EQ(BlocksPerSample(100, 1), 1);
  EXPECT_NEAR(BlocksPerSample(512 * 1024, 512 * 1024), 1 / (1 - std::exp(-1.0)),
              1e-12);
  // A small block stands for about period / size.
  EXPECT_NEAR(BlocksPerSample(8, 1 << 20), (1 << 17) + 0.5, 1e-3);
  EXPECT_DOUBLE_EQ(BlocksPerSample(1 << 30, 1024), 1);
}

TEST(EstimateHeap, RoundingOfManySmallRowsDoesNotAddUp) {
  constexpr int kRows = 1000;
  std::vector<SampleRow> rows(kRows);
  for (SampleRow& row : rows) {
    row.size = 400000;
    row.values[0] = 1;
    row.values[2] = 1;
    row.kept = 1;
  }
  ProfileData profile;
  profile.is_heap = true;
  profile.period = 512 * 1024;
  profile.samples = {rows.data(), rows.size()};
  const double each = BlocksPerSample(400000, profile.period);
  double objects = 0;
  double bytes = 0;
  for (const SampleRow& row : EstimateHeap(profile)) {
    objects += static_cast<double>(row.values[0]);
    bytes += static_cast<double>(row.values[1]);
    EXPECT_EQ(row.values[0], row.values[2]);
    EXPECT_EQ(row.values[3], row.kept_bytes);
  }
  EXPECT_NEAR(objects, kRows * each, 1);
  EXPECT_NEAR(bytes, kRows * each * 400000, kRows);
}

}  // namespace
}  // namespace bench_profiler
