#include "bench_profiler/html/statistics.h"

#include <gtest/gtest.h>

namespace bench_profiler {
namespace {

TEST(ShareError, IsTheBinomialOne) {
  EXPECT_NEAR(ShareError(25, 100), 0.0849, 1e-4);
  EXPECT_NEAR(ShareError(50, 100), 0.0980, 1e-4);
  EXPECT_EQ(ShareError(0, 100), 0);
  EXPECT_EQ(ShareError(100, 100), 0);
  EXPECT_EQ(ShareError(0, 0), 0);
}

// By R: t.test(c(1, 1.1, 0.9)) and so on.
TEST(RelativeSpread, IsStudents) {
  EXPECT_NEAR(RelativeSpread({1, 1.1, 0.9}), 0.24841, 1e-4);
  EXPECT_NEAR(RelativeSpread({10, 12}), 1.15512, 1e-3);
  EXPECT_NEAR(RelativeSpread({5, 5, 5}), 0, 1e-9);
  std::vector<double> many;  // beyond the table
  for (int i = 0; i < 42; ++i) many.push_back(i % 2 == 0 ? 9 : 11);
  EXPECT_NEAR(RelativeSpread(many), 0.031539, 1e-4);
}

TEST(RelativeSpread, OfLessThanTwoIsUnknown) {
  EXPECT_LT(RelativeSpread({}), 0);
  EXPECT_LT(RelativeSpread({1}), 0);
  EXPECT_LT(RelativeSpread({0, 0}), 0);
}

TEST(MoreSeconds, GrowWithTheSamplesThatAreMissing) {
  EXPECT_DOUBLE_EQ(MoreSeconds(25, 0.5, 100), 1.5);
  EXPECT_EQ(MoreSeconds(100, 0.5, 100), 0);
  EXPECT_EQ(MoreSeconds(0, 0.5, 100), 0);
  EXPECT_EQ(MoreSeconds(5, -1, 100), 0);
}

}  // namespace
}  // namespace bench_profiler
