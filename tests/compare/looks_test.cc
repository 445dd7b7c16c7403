#include "bench_profiler/compare/looks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "bench_profiler/compare/compare.h"
#include "bench_profiler/compare/run_record.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

TEST(Looks, ShareTheLevel) {
  Looks looks(50, 0.05);
  std::string due;
  double sum = 0;
  for (int runs = 1; runs <= 50; ++runs) {
    if (!looks.IsDue(runs)) continue;
    due += std::to_string(runs) + " ";
    const double level = looks.Take(runs);
    EXPECT_GT(level, 0.005);  // enough to see something at once
    sum += level;
  }
  EXPECT_EQ(due, "5 10 20 40 ");
  EXPECT_GT(looks.Rest(), 0.005);
  EXPECT_NEAR(sum + looks.Rest(), 0.05, 1e-12);
}

TEST(Looks, NoneBeforeAShortLimit) {
  Looks looks(5, 0.05);
  for (int runs = 1; runs <= 5; ++runs) EXPECT_FALSE(looks.IsDue(runs));
  EXPECT_EQ(looks.Rest(), 0.05);
}

// Adds a process in which each benchmark takes as long as in all others, but
// for luck.
void AddProcess(std::mt19937* random, Side* side) {
  std::normal_distribution<double> luck(0, 0.01);
  Process process;
  for (const char* name : {"BM_A", "BM_B", "BM_C"}) {
    MeasuredBenchmark benchmark;
    benchmark.name = name;
    benchmark.iterations = 1000;
    benchmark.measures[Measure::kTime].value = std::exp(luck(*random));
    process.benchmarks.push_back(benchmark);
  }
  side->processes.push_back(process);
}

bool AnyChanged(const Side& old_side, const Side& new_side, double alpha) {
  CompareOptions options;
  options.alpha = alpha;
  options.min_effect = 0;
  for (const BenchmarkComparison& benchmark :
       Compare(old_side, new_side, {}, options).benchmarks) {
    if (benchmark.verdict == Verdict::kSlower ||
        benchmark.verdict == Verdict::kFaster) {
      return true;
    }
  }
  return false;
}

// The same program on both sides. With all looks at the whole level too many
// comparisons report something.
TEST(Looks, KeepFalseAlarmsBelowTheLevel) {
  constexpr int kComparisons = 1000;
  constexpr int kLimit = 40;
  std::mt19937 random(15);
  int alarms = 0;
  int naive_alarms = 0;
  for (int i = 0; i < kComparisons; ++i) {
    Side old_side, new_side;
    Looks looks(kLimit, 0.05);
    bool alarm = false;
    bool naive_alarm = false;
    for (int runs = 1; runs <= kLimit; ++runs) {
      AddProcess(&random, &old_side);
      AddProcess(&random, &new_side);
      const bool is_last = runs == kLimit;
      if (!is_last && !looks.IsDue(runs)) continue;
      const double level = is_last ? looks.Rest() : looks.Take(runs);
      alarm = alarm || AnyChanged(old_side, new_side, level);
      naive_alarm = naive_alarm || AnyChanged(old_side, new_side, 0.05);
    }
    alarms += alarm ? 1 : 0;
    naive_alarms += naive_alarm ? 1 : 0;
  }
  EXPECT_LE(alarms, 50);
  EXPECT_GT(alarms, 10);
  EXPECT_GT(naive_alarms, 80);
  RecordProperty("alarms_of_1000", alarms);
  RecordProperty("alarms_of_1000_at_the_whole_level", naive_alarms);
}

TEST(Looks, DecidedIsWhatChangedOrSurelyHasNot) {
  Comparison comparison;
  EXPECT_TRUE(IsDecided(comparison));
  BenchmarkComparison benchmark;
  comparison.benchmarks.push_back(benchmark);  // on one side only
  EXPECT_TRUE(IsDecided(comparison));
  benchmark.measures.emplace_back();
  for (const Verdict verdict :
       {Verdict::kSlower, Verdict::kFaster, Verdict::kUnchanged}) {
    benchmark.verdict = verdict;
    comparison.benchmarks.push_back(benchmark);
  }
  EXPECT_TRUE(IsDecided(comparison));
  benchmark.verdict = Verdict::kUndecided;
  comparison.benchmarks.push_back(benchmark);
  EXPECT_FALSE(IsDecided(comparison));
}

TEST(RunRecord, KeepsTheLevel) {
  const TemporaryFolder folder;
  EXPECT_EQ(AlphaOfFolder(folder.path()), 0.05);
  RunRecord record;
  record.alpha = 0.0125;
  record.arguments = {"--benchmark_filter=\xff"};
  std::ofstream(folder / "compare.json") << ToJson(record);
  EXPECT_EQ(AlphaOfFolder(folder.path()), 0.0125);
  for (const char* text : {"", "[]", "{", "{\"alpha\": \"x\"}",
                           "{\"alpha\": -1}", "{\"alpha\": 7}"}) {
    std::ofstream(folder / "compare.json") << text;
    EXPECT_EQ(AlphaOfFolder(folder.path()), 0.05) << text;
  }
}

}  // namespace
}  // namespace bench_profiler
