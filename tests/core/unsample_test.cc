#include "bench_profiler/profile/unsample.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

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

TEST(UnsampleHeap, EachRowHasARateOfItsOwn) {
  std::vector<SampleRow> rows(2);
  for (SampleRow& row : rows) {
    row.size = 1000;
    row.rate = 1;
    row.values[0] = 3;
    row.values[2] = 1;
  }
  rows[1].rate = 1000000;
  UnsampleHeap(rows.data(), rows.size());
  EXPECT_EQ(rows[0].values[0], 3);
  EXPECT_EQ(rows[0].values[1], 3000);
  EXPECT_EQ(rows[0].values[2], 1);
  EXPECT_EQ(rows[0].values[3], 1000);
  EXPECT_NEAR(static_cast<double>(rows[1].values[0]), 3000, 3);
  EXPECT_NEAR(static_cast<double>(rows[1].values[3]), 1e6, 1e3);
}

TEST(UnsampleHeap, RoundingOfManySmallRowsDoesNotAddUp) {
  constexpr int kRows = 1000;
  std::vector<SampleRow> rows(kRows);
  for (SampleRow& row : rows) {
    row.size = 400000;
    row.rate = 512 * 1024;
    row.values[0] = 1;
    row.values[2] = 1;
  }
  const double each = BlocksPerSample(400000, 512 * 1024);
  UnsampleHeap(rows.data(), rows.size());
  double objects = 0;
  double bytes = 0;
  for (const SampleRow& row : rows) {
    objects += static_cast<double>(row.values[0]);
    bytes += static_cast<double>(row.values[1]);
    EXPECT_EQ(row.values[0], row.values[2]);
    EXPECT_EQ(row.values[1], row.values[3]);
  }
  EXPECT_NEAR(objects, kRows * each, 1);
  EXPECT_NEAR(bytes, kRows * each * 400000, kRows);
}

TEST(UnsampleContentions, FractionsAreNotLost) {
  std::vector<SampleRow> rows(1000);
  for (SampleRow& row : rows) {
    row.values[0] = 1024 / 3;
    row.values[1] = 7;
  }
  UnsampleContentions(rows.data(), rows.size());
  int64_t contentions = 0;
  for (const SampleRow& row : rows) {
    contentions += row.values[0];
    EXPECT_EQ(row.values[1], 7);
  }
  EXPECT_EQ(contentions, 333);
}

}  // namespace
}  // namespace bench_profiler
