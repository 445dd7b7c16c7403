// What Compare says of functions, for sides that are made by hand.
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "bench_profiler/compare/importance.h"
#include "function_changes.h"

namespace bench_profiler {
namespace {

TEST_F(FunctionChanges, AreInTermsOfTheBenchmark) {
  const MeasureComparison time =
      Compare(FourRuns(1.0, {{kParse, 5000}, {kRead, 5000}}),
              FourRuns(1.5, {{kParse, 10000}, {kRead, 5000}}));
  ASSERT_EQ(time.functions.size(), 2U);
  const FunctionChange& parse = time.functions[0];
  EXPECT_EQ(parse.name, "parse");
  EXPECT_EQ(parse.verdict, Verdict::kSlower);
  EXPECT_NEAR(parse.old_value, 0.5, 0.01);
  EXPECT_NEAR(parse.new_value, 1.0, 0.01);
  EXPECT_NEAR(parse.change, 0.5, 0.01);
  EXPECT_LT(parse.interval.low, 0.5);
  EXPECT_GT(parse.interval.low, 0.4);
  EXPECT_LT(parse.interval.high, 0.6);
  EXPECT_NEAR(parse.old_samples, 20000, 200);
  EXPECT_EQ(time.functions[1].verdict, Verdict::kUnchanged);
  EXPECT_NEAR(time.functions[1].change, 0, 0.01);
}

// By hand: S = 1/2 of 2 x 1000 samples a side, T = 1 and no noise of it, so the
// sampling variance is 2 * 0.25 / 2000 = 0.00025. Shares of 0.5 +- 0.1 in the
// two processes have a variance of 0.02, by two and for two sides 0.02.
TEST_F(FunctionChanges, HaveTheLargerOfBothVariances) {
  const Costs even = {{kParse, 500}, {kRead, 500}};
  const MeasureComparison sampled =
      Compare({{1, even}, {1, even}}, {{1, even}, {1, even}});
  constexpr double kQuantile = 4.302653;  // of two degrees of freedom
  EXPECT_NEAR(sampled.functions[0].interval.high, kQuantile * std::sqrt(2.5e-4),
              1e-4);
  const Costs less = {{kParse, 400}, {kRead, 600}};
  const Costs more = {{kParse, 600}, {kRead, 400}};
  const MeasureComparison spread =
      Compare({{1, less}, {1, more}}, {{1, more}, {1, less}});
  EXPECT_NEAR(spread.functions[0].interval.high, kQuantile * std::sqrt(0.02),
              1e-4);
}

// Shares say nothing of a function that is everything.
TEST_F(FunctionChanges, OfOneFunctionHaveTheBenchmarksNoise) {
  const Costs all = {{kParse, 100000}};
  const MeasureComparison time =
      Compare({{1.00, all}, {1.10, all}, {0.90, all}},
              {{1.08, all}, {1.18, all}, {0.98, all}});
  EXPECT_EQ(time.functions[0].verdict, Verdict::kUndecided);
  EXPECT_NEAR(time.functions[0].change, time.change, 0.01);
  EXPECT_LT(time.functions[0].interval.low, 0);
}

TEST_F(FunctionChanges, OfSmallOnesAreOneRow) {
  const MeasureComparison time =
      Compare(FourRuns(1.0, {{kParse, 5000}, {kRead, 2}, {kSort, 2}}),
              FourRuns(1.0, {{kParse, 5000}, {kRead, 1}, {kSort, 3}}));
  ASSERT_EQ(time.functions.size(), 2U);
  EXPECT_EQ(Find(time, "read"), nullptr);
  EXPECT_EQ(time.other.old_samples, 8);
  EXPECT_EQ(time.other.new_samples, 4);
  EXPECT_EQ(time.other.verdict, Verdict::kUndecided);
}

// A single process has its own luck.
TEST_F(FunctionChanges, OfSingleRuns) {
  const Costs even = {{kParse, 5000}, {kRead, 5000}};
  const MeasureComparison small =
      Compare({{1.0, even}}, {{1.03, {{kParse, 5300}, {kRead, 5000}}}});
  EXPECT_EQ(small.functions[0].verdict, Verdict::kUndecided);
  EXPECT_EQ(small.verdict, Verdict::kUndecided);
  EXPECT_GE(small.detectable, 0.05);
  const MeasureComparison large =
      Compare({{1.0, even}}, {{1.5, {{kParse, 10000}, {kRead, 5000}}}});
  EXPECT_EQ(large.functions[0].name, "parse");
  EXPECT_EQ(large.functions[0].verdict, Verdict::kSlower);
  EXPECT_EQ(large.verdict, Verdict::kUndecided);
  // One against many.
  const MeasureComparison mixed =
      Compare({{1.5, {{kParse, 10000}, {kRead, 5000}}}}, FourRuns(1.0, even));
  EXPECT_EQ(mixed.verdict, Verdict::kUndecided);
  EXPECT_EQ(mixed.functions[0].verdict, Verdict::kFaster);
}

TEST_F(FunctionChanges, OfCountsAreExact) {
  const std::vector<Trial> old_runs = {
      {1000, {{kParse, 600000}, {kRead, 400000}}}};
  const MeasureComparison more =
      Compare(old_runs, {{1010, {{kParse, 610000}, {kRead, 400000}}}},
              Measure::kInstructions);
  EXPECT_EQ(more.verdict, Verdict::kSlower);
  EXPECT_EQ(more.functions[0].name, "parse");
  EXPECT_EQ(more.functions[0].verdict, Verdict::kSlower);
  EXPECT_NEAR(more.functions[0].change, 0.01, 1e-12);
  EXPECT_EQ(more.functions[1].verdict, Verdict::kUnchanged);
  const MeasureComparison same =
      Compare(old_runs, old_runs, Measure::kInstructions);
  for (const FunctionChange& row : same.functions) {
    EXPECT_EQ(row.verdict, Verdict::kUnchanged);
  }
}

// Heap profiles draw samples of what they count.
TEST_F(FunctionChanges, OfEstimatedCountsAreTested) {
  Side old_side =
      SideOf(FourRuns(10, {{kParse, 6000}, {kRead, 4000}}), Measure::kAllocs);
  Side new_side =
      SideOf(FourRuns(10, {{kParse, 5500}, {kRead, 4500}}), Measure::kAllocs);
  for (Side* side : {&old_side, &new_side}) {
    for (Process& process : side->processes) {
      MeasuredValue& value = process.benchmarks[0].measures[Measure::kAllocs];
      value.has_estimated_functions = true;
      value.drawn = 20;
    }
  }
  const Comparison comparison =
      bench_profiler::Compare(old_side, new_side, functions_, {});
  for (const FunctionChange& row :
       comparison.benchmarks[0].measures[0].functions) {
    EXPECT_FALSE(IsChanged(row.verdict)) << row.name;
  }
}

// Other rates and other numbers of samples are no change.
TEST_F(FunctionChanges, OfOtherRatesAreNone) {
  const MeasureComparison time =
      Compare(FourRuns(1.0, {{kParse, 500}, {kRead, 500}}),
              FourRuns(1.0, {{kParse, 9000}, {kRead, 9000}}));
  for (const FunctionChange& row : time.functions) {
    EXPECT_EQ(IsChanged(row.verdict), false) << row.name;
  }
}

// What a damaged file, or no file, may bring.
TEST_F(FunctionChanges, OfNonsenseAreNone) {
  const std::vector<std::vector<Trial>> sides = {
      {},
      {{0, {}}},
      {{NAN, {{kParse, NAN}}}},
      {{-5, {{kParse, -100}}}, {-5, {{kParse, -100}}}},
      {{INFINITY, {{kParse, INFINITY}}}},
      {{1e300, {{kParse, 1e300}, {kRead, 1}}}, {1e300, {{kParse, 1e300}}}},
      {{1e-300, {{kParse, 1e15}}}, {1e-300, {{kParse, 1e15}}}},
      {{-1, {{kParse, 100}, {kRead, 50}}}, {-1, {{kParse, 90}, {kRead, 70}}}},
      {{1, {}}, {1, {{kParse, 1}}}, {1, {{kCopy, 1}}}},
      FourRuns(1, {{kParse, 5000}, {kRead, 5000}}),
  };
  for (const Measure measure : {Measure::kTime, Measure::kInstructions,
                                Measure::kAllocs, Measure::kDelay}) {
    for (size_t i = 0; i < sides.size(); ++i) {
      for (const std::vector<Trial>& other : sides) {
        const Comparison comparison = bench_profiler::Compare(
            SideOf(sides[i], measure), SideOf(other, measure), functions_, {});
        for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
          for (const MeasureComparison& measured : benchmark.measures) {
            if (&other != &sides[i]) continue;
            EXPECT_FALSE(IsChanged(measured.verdict)) << i;
            for (const FunctionChange& row : measured.functions) {
              EXPECT_FALSE(IsChanged(row.verdict)) << i << row.name;
              EXPECT_FALSE(std::isnan(row.statistic)) << i << row.name;
            }
          }
        }
      }
    }
  }
}

// Same input, same output, also where all are equal.
TEST_F(FunctionChanges, HaveOneOrder) {
  Costs costs;
  for (uint32_t i = 0; i < 300; ++i) {
    costs[functions_.AddNameless("f" + std::to_string(i))] = 50;
  }
  const std::vector<Trial> runs = FourRuns(1.0, costs);
  std::vector<std::string> first;
  for (const FunctionChange& row : Compare(runs, runs).functions) {
    first.push_back(row.name);
  }
  EXPECT_EQ(first.size(), 300U);
  EXPECT_EQ(first[1], "f1");
  std::vector<std::string> second;
  for (const FunctionChange& row : Compare(runs, runs).functions) {
    second.push_back(row.name);
  }
  EXPECT_EQ(first, second);
}

}  // namespace
}  // namespace bench_profiler
