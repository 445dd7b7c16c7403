#include "bench_profiler/compare/compare.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace bench_profiler {
namespace {

// A side whose processes have these times of one benchmark.
Side SideWithTimes(const std::string& title, const std::string& benchmark,
                   const std::vector<double>& times) {
  Side side;
  side.title = title;
  for (const double time : times) {
    MeasuredBenchmark measured;
    measured.name = benchmark;
    measured.iterations = 1000;
    measured.measures[Measure::kTime].value = time;
    Process process;
    process.benchmarks.push_back(measured);
    side.processes.push_back(process);
  }
  return side;
}

MeasureComparison CompareTimes(const std::vector<double>& old_times,
                               const std::vector<double>& new_times) {
  const Comparison comparison =
      Compare(SideWithTimes("old", "BM", old_times),
              SideWithTimes("new", "BM", new_times), {}, {});
  return comparison.benchmarks.at(0).measures.at(0);
}

TEST(Compare, TimeThatChanged) {
  const MeasureComparison slower =
      CompareTimes({1.00, 1.01, 0.99, 1.00}, {1.10, 1.11, 1.09, 1.10});
  EXPECT_EQ(slower.verdict, Verdict::kSlower);
  EXPECT_NEAR(slower.change, 0.10, 0.001);
  EXPECT_GT(slower.interval.low, 0.08);
  EXPECT_LT(slower.interval.high, 0.12);
  EXPECT_NEAR(slower.old_value, 1.0, 0.001);
  EXPECT_EQ(slower.runs_to_decide, 0);
  const MeasureComparison faster =
      CompareTimes({1.10, 1.11, 1.09, 1.10}, {1.00, 1.01, 0.99, 1.00});
  EXPECT_EQ(faster.verdict, Verdict::kFaster);
  EXPECT_NEAR(faster.change, -0.0909, 0.001);
}

// Certain, but smaller than what is worth a word.
TEST(Compare, SmallChangesAreNone) {
  const MeasureComparison time =
      CompareTimes({1.000, 1.001, 0.999, 1.000}, {1.015, 1.016, 1.014, 1.015});
  EXPECT_LT(time.p_value, 0.001);
  EXPECT_EQ(time.verdict, Verdict::kUnchanged);
}

// "Unchanged" is a claim, which noise does not allow.
TEST(Compare, NoiseDecidesNothing) {
  const MeasureComparison time =
      CompareTimes({1.0, 1.3, 0.8, 1.1}, {1.1, 0.9, 1.3, 1.0});
  EXPECT_EQ(time.verdict, Verdict::kUndecided);
  EXPECT_GT(time.runs_to_decide, 100);
}

TEST(Compare, OneProcessDecidesNothing) {
  const MeasureComparison single = CompareTimes({1.0}, {2.0});
  EXPECT_EQ(single.verdict, Verdict::kUndecided);
  EXPECT_DOUBLE_EQ(single.change, 1.0);
  EXPECT_TRUE(std::isnan(single.interval.low));
  EXPECT_TRUE(std::isnan(single.p_value));
  EXPECT_EQ(single.runs_to_decide, 7);
  const MeasureComparison one_sided = CompareTimes({1.0, 1.02, 0.98}, {2.0});
  EXPECT_EQ(one_sided.verdict, Verdict::kUndecided);
  EXPECT_GT(one_sided.interval.low, 0.8);
}

}  // namespace
}  // namespace bench_profiler
