#include "bench_profiler/compare/gate.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "made_up_comparison.h"

namespace bench_profiler {
namespace {

using Lines = std::vector<std::string>;

std::vector<Limit> Limits(const std::string& text) {
  std::vector<Limit> limits;
  std::string error;
  EXPECT_TRUE(ParseLimits({text}, &limits, &error)) << error;
  return limits;
}

GateResult Check(const Comparison& comparison, const std::string& limits,
                 bool strict = false) {
  return CheckLimits(comparison, Limits(limits), strict);
}

Comparison With(const BenchmarkComparison& benchmark) {
  Comparison comparison = MadeUpComparison();
  comparison.benchmarks.push_back(benchmark);
  return comparison;
}

// A benchmark with an exact count besides its time.
Comparison WithCount(Measure measure, double old_value, double new_value) {
  BenchmarkComparison benchmark =
      MadeUpBenchmark("BM_Sort", Verdict::kUnchanged, 0);
  const Verdict verdict = new_value > old_value   ? Verdict::kSlower
                          : new_value < old_value ? Verdict::kFaster
                                                  : Verdict::kUnchanged;
  benchmark.measures.push_back(
      MadeUpMeasure(measure, verdict, old_value, new_value / old_value - 1));
  benchmark.measures.back().new_value = new_value;
  return With(benchmark);
}

TEST(ParseLimits, AcceptsWhatIsDocumented) {
  const std::vector<Limit> limits =
      Limits("5%,allocs:0,instructions:0.5%,bytes:2kB,delay:10us");
  ASSERT_EQ(limits.size(), 5u);
  EXPECT_EQ(limits[0].measure, Measure::kTime);
  EXPECT_DOUBLE_EQ(limits[0].value, 0.05);
  EXPECT_TRUE(limits[0].is_relative);
  EXPECT_EQ(limits[1].measure, Measure::kAllocs);
  EXPECT_EQ(limits[1].value, 0);
  EXPECT_FALSE(limits[1].is_relative);
  EXPECT_EQ(limits[2].measure, Measure::kInstructions);
  EXPECT_DOUBLE_EQ(limits[2].value, 0.005);
  EXPECT_EQ(limits[3].value, 2048);
  EXPECT_DOUBLE_EQ(limits[4].value, 1e-5);
}

TEST(ParseLimits, TellsWhatIsWrong) {
  for (const char* text :
       {"", "%", "5", "0", "-5%", "five", "5%%", "1e999%", "inf%", "nan%",
        "allocs", "allocs:", "allocs:5kB", "time:5kB", "5%,", ",5%", "1.2.3%",
        "bananas:5%", ":5%"}) {
    std::vector<Limit> limits;
    std::string error;
    EXPECT_FALSE(ParseLimits({"5%", text}, &limits, &error)) << text;
    EXPECT_FALSE(error.empty()) << text;
  }
  std::vector<Limit> limits;
  std::string error;
  ParseLimits({"bananas:5%"}, &limits, &error);
  EXPECT_EQ(error,
            "no such limit: bananas; there are time, instructions, allocs, "
            "bytes, contentions, delay");
}

TEST(CheckLimits, TimeFailsIfItChangedByMore) {
  const Comparison slower =
      With(MadeUpBenchmark("BM_Sort", Verdict::kSlower, 0.071));
  EXPECT_EQ(Check(slower, "8%").status, GateStatus::kPassed);
  const GateResult failed = Check(slower, "5%");
  EXPECT_EQ(failed.status, GateStatus::kFailed);
  EXPECT_EQ(failed.lines, Lines{"BM_Sort: time/op +7.1 % is above 5 %"});
  EXPECT_EQ(Check(slower, "time:50ns").status, GateStatus::kFailed);
  EXPECT_EQ(Check(slower, "time:90ns").status, GateStatus::kPassed);
  // However much it may look like it.
  for (const Verdict verdict :
       {Verdict::kUndecided, Verdict::kUnchanged, Verdict::kFaster}) {
    EXPECT_EQ(
        Check(With(MadeUpBenchmark("BM_Sort", verdict, 0.5)), "5%").status,
        GateStatus::kPassed);
  }
}

TEST(CheckLimits, AFunctionFailsInAQuietBenchmark) {
  BenchmarkComparison benchmark =
      MadeUpBenchmark("BM_Sort", Verdict::kUndecided, 0.01);
  benchmark.measures[0].functions = {
      MadeUpFunction("Less", Verdict::kSlower, 0.08),
      MadeUpFunction("Swap", Verdict::kUnchanged, 0.08)};
  EXPECT_EQ(Check(With(benchmark), "5%").lines,
            Lines{"BM_Sort: time/op of Less +8.0 % is above 5 %"});
  EXPECT_EQ(Check(With(benchmark), "10%").status, GateStatus::kPassed);
}

TEST(CheckLimits, WhatIsCounted) {
  const GateResult failed =
      Check(WithCount(Measure::kAllocs, 2, 3), "allocs:0");
  EXPECT_EQ(failed.status, GateStatus::kFailed);
  EXPECT_EQ(failed.lines, Lines{"BM_Sort: allocs/op 2 -> 3 is above 0"});
  EXPECT_EQ(Check(WithCount(Measure::kAllocs, 3, 3), "allocs:0").status,
            GateStatus::kPassed);
  EXPECT_EQ(Check(WithCount(Measure::kAllocs, 3, 2), "allocs:0").status,
            GateStatus::kPassed);
  EXPECT_EQ(Check(WithCount(Measure::kAllocs, 2, 3), "allocs:1").status,
            GateStatus::kPassed);
  // One allocation in 57 iterations, and one in 60.
  EXPECT_EQ(
      Check(WithCount(Measure::kAllocs, 1.0 / 60, 1.0 / 57), "allocs:0").status,
      GateStatus::kPassed);
  // From nothing, by whatever percentage.
  EXPECT_EQ(Check(WithCount(Measure::kAllocs, 0, 1), "allocs:50%").lines,
            Lines{"BM_Sort: allocs/op 0 -> 1 is above 50 %"});
  const Comparison more = WithCount(Measure::kInstructions, 100000, 100500);
  EXPECT_EQ(Check(more, "instructions:1%").status, GateStatus::kPassed);
  EXPECT_EQ(Check(more, "instructions:0.4%").status, GateStatus::kFailed);
  EXPECT_EQ(Check(more, "instructions:0").status, GateStatus::kFailed);
}

TEST(CheckLimits, ALimitThatNothingHasIsAMistake) {
  const GateResult result =
      Check(With(MadeUpBenchmark("BM_Sort", Verdict::kUnchanged, 0)),
            "instructions:1%");
  EXPECT_EQ(result.status, GateStatus::kFailed);
  EXPECT_EQ(result.lines, Lines{"--fail-above=instructions: no benchmark has "
                                "instructions/op on both sides"});
}

TEST(CheckLimits, StrictWantsDecisions) {
  BenchmarkComparison benchmark =
      MadeUpBenchmark("BM_Sort", Verdict::kUndecided, 0.03);
  benchmark.measures[0].runs_to_decide = 14;
  Comparison comparison = With(benchmark);
  EXPECT_EQ(Check(comparison, "5%").status, GateStatus::kPassed);
  for (const std::vector<Limit>& limits : {Limits("5%"), {}}) {
    const GateResult result = CheckLimits(comparison, limits, true);
    EXPECT_EQ(result.status, GateStatus::kUndecided);
    EXPECT_EQ(result.lines,
              Lines{"BM_Sort: time/op is undecided; about 14 processes a side "
                    "would decide"});
  }
  // Only what has a limit is asked for.
  comparison.benchmarks[0].measures.push_back(
      MadeUpMeasure(Measure::kAllocs, Verdict::kUnchanged, 3, 0));
  EXPECT_EQ(Check(comparison, "allocs:0", true).status, GateStatus::kPassed);
  // What failed is not what is undecided.
  comparison.benchmarks.push_back(
      MadeUpBenchmark("BM_Hash", Verdict::kSlower, 0.5));
  EXPECT_EQ(Check(comparison, "5%", true).status, GateStatus::kFailed);
}

TEST(CheckLimits, StrictMissesWhatIsGone) {
  BenchmarkComparison gone;
  gone.name = "BM_Gone";
  gone.old_processes = 10;
  gone.notes = {"is not in NEW"};
  EXPECT_EQ(CheckLimits(With(gone), {}, true).status, GateStatus::kUndecided);
}

}  // namespace
}  // namespace bench_profiler
