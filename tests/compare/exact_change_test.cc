#include "bench_profiler/compare/exact_change.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace bench_profiler {
namespace {

using Points = std::vector<ExactPoint>;

Change Compare(Measure measure, const Points& old_points,
               const Points& new_points, bool is_rejected = false) {
  const ExactTest test =
      TestExact(old_points, new_points, measure,
                LeastExactDifference(
                    measure, old_points.empty() ? 0 : old_points[0].value));
  return ChangeOf(test, is_rejected);
}

TEST(ExactChange, OneProcessIsEnough) {
  const Change more = Compare(Measure::kAllocs, {{1000, 2}}, {{1000, 3}});
  EXPECT_EQ(more.verdict, Verdict::kSlower);
  EXPECT_DOUBLE_EQ(more.change, 0.5);
  EXPECT_DOUBLE_EQ(more.interval.low, 0.5);
  EXPECT_DOUBLE_EQ(more.interval.high, 0.5);
  EXPECT_EQ(Compare(Measure::kAllocs, {{1000, 3}}, {{1000, 2}}).verdict,
            Verdict::kFaster);
  EXPECT_EQ(Compare(Measure::kAllocs, {{1000, 3}}, {{1000, 3}}).verdict,
            Verdict::kUnchanged);
  // One of many is one, too.
  EXPECT_EQ(Compare(Measure::kAllocs, {{50, 9000}}, {{50, 9001}}).verdict,
            Verdict::kSlower);
  EXPECT_EQ(Compare(Measure::kInstructions, {{1, 1e6}}, {{1, 1.01e6}}).verdict,
            Verdict::kSlower);
}

TEST(ExactChange, WhereThereWasNone) {
  const Change change = Compare(Measure::kAllocs, {{1000, 0}}, {{1000, 1}});
  EXPECT_EQ(change.verdict, Verdict::kSlower);
  EXPECT_TRUE(std::isinf(change.change));
  EXPECT_EQ(Compare(Measure::kAllocs, {{1000, 0}}, {{1000, 0}}).change, 0);
  EXPECT_EQ(Compare(Measure::kAllocs, {{1000, 1}}, {{1000, 0}}).change, -1);
}

TEST(ExactChange, TrifleIsNone) {
  EXPECT_EQ(
      Compare(Measure::kInstructions, {{1, 1e6}}, {{1, 1.0004e6}}).verdict,
      Verdict::kUnchanged);
  EXPECT_EQ(Compare(Measure::kAllocs, {{1000, 0}}, {{1000, 0.005}}).verdict,
            Verdict::kUnchanged);
}

// 2 in each iteration and 30 once, divided by as many iterations as there was
// time for.
TEST(ExactChange, WhatIsDoneOnceIsNone) {
  const auto value = [](double iterations) {
    return ExactPoint{iterations, 2 + 30 / iterations};
  };
  EXPECT_EQ(Compare(Measure::kAllocs, {value(200)}, {value(100)}).verdict,
            Verdict::kUnchanged);
  EXPECT_EQ(Compare(Measure::kAllocs, {value(200), value(210), value(220)},
                    {value(100), value(104), value(99)})
                .verdict,
            Verdict::kUnchanged);
  // All of it is done once: the totals are the same.
  EXPECT_EQ(Compare(Measure::kBytes, {{12, 5000}}, {{10, 6000}}).verdict,
            Verdict::kUnchanged);
}

// A program that also got slower runs fewer iterations.
TEST(ExactChange, WhatIsDoneEachTimeIsOne) {
  EXPECT_EQ(Compare(Measure::kAllocs, {{120000, 5}}, {{100000, 6}}).verdict,
            Verdict::kSlower);
  EXPECT_EQ(
      Compare(Measure::kAllocs, {{1000, 5}, {1001, 5}}, {{800, 6}, {801, 6}})
          .verdict,
      Verdict::kSlower);
  EXPECT_EQ(Compare(Measure::kBytes, {{1000000, 20}}, {{900000, 22}}).verdict,
            Verdict::kSlower);
  // The same numbers of iterations explain nothing.
  EXPECT_EQ(Compare(Measure::kAllocs, {{10, 5}}, {{10, 6}}).verdict,
            Verdict::kSlower);
}

// Hash seeds: then it takes a test, and more than one process.
TEST(ExactChange, CountsThatDiffer) {
  const Points old_points = {{100, 70}, {100, 72}, {100, 71}, {100, 69}};
  const Points above = {{100, 80}, {100, 82}, {100, 81}, {100, 79}};
  const ExactTest test = TestExact(old_points, above, Measure::kAllocs, 0.07);
  EXPECT_EQ(test.finding, ExactFinding::kTested);
  EXPECT_LT(test.p_value, 0.001);
  EXPECT_EQ(ChangeOf(test, true).verdict, Verdict::kSlower);
  EXPECT_EQ(ChangeOf(test, false).verdict, Verdict::kUndecided);
  const Points overlapping = {{100, 71}, {100, 73}, {100, 70}, {100, 72}};
  EXPECT_EQ(Compare(Measure::kAllocs, old_points, overlapping).verdict,
            Verdict::kUnchanged);
  EXPECT_EQ(Compare(Measure::kAllocs, old_points, {{100, 74}}).verdict,
            Verdict::kUndecided);
  EXPECT_EQ(Compare(Measure::kAllocs, old_points, {{100, 71.5}}).verdict,
            Verdict::kUnchanged);
}

TEST(ExactChange, WhatIsUnknown) {
  EXPECT_EQ(Compare(Measure::kAllocs, {{1000, -1}}, {{1000, 1}}).verdict,
            Verdict::kUndecided);
  EXPECT_TRUE(
      std::isnan(Compare(Measure::kAllocs, {{1000, NAN}}, {{1000, 1}}).change));
  EXPECT_TRUE(std::isnan(Compare(Measure::kAllocs, {}, {}).change));
  // Without numbers of iterations there is nothing to explain it.
  EXPECT_EQ(Compare(Measure::kAllocs, {{0, 2}}, {{0, 2.5}}).verdict,
            Verdict::kSlower);
}

}  // namespace
}  // namespace bench_profiler
