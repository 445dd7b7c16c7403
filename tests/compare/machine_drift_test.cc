// What Compare says of machines and of runs, rather than of programs.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "bench_profiler/compare/compare.h"

namespace bench_profiler {
namespace {

// Four processes of eight benchmarks, all with this time, but the first.
Side SideOf(double time, double first_time, int64_t start, int64_t step) {
  Side side;
  for (int i = 0; i < 4; ++i) {
    Process process;
    process.start_nanos = start + step * i;
    for (int j = 0; j < 8; ++j) {
      MeasuredBenchmark benchmark;
      benchmark.name = "BM_" + std::to_string(j);
      benchmark.iterations = 10;
      benchmark.measures[Measure::kTime].value =
          (j == 0 ? first_time : time) * (1 + 0.002 * ((i + j) % 3));
      process.benchmarks.push_back(benchmark);
    }
    side.processes.push_back(process);
  }
  return side;
}

bool IsTold(const Comparison& comparison, const std::string& text) {
  return std::any_of(comparison.warnings.begin(), comparison.warnings.end(),
                     [&](const std::string& warning) {
                       return warning.find(text) != std::string::npos;
                     });
}

TEST(MachineDrift, IsToldAndTakenOff) {
  const Comparison comparison =
      Compare(SideOf(1.0, 1.0, 100, 10), SideOf(1.1, 1.3, 500, 10), {}, {});
  EXPECT_NEAR(comparison.machine_drift, 0.1, 0.005);
  EXPECT_TRUE(IsTold(comparison, "machine"));
  EXPECT_EQ(comparison.benchmarks[0].verdict, Verdict::kSlower);
  EXPECT_NEAR(comparison.benchmarks[0].measures[0].change, 0.18, 0.01);
  for (size_t i = 1; i < comparison.benchmarks.size(); ++i) {
    EXPECT_EQ(comparison.benchmarks[i].verdict, Verdict::kUnchanged) << i;
  }
}

// The machine was the same for both.
TEST(MachineDrift, IsNoneOfRunsInTurns) {
  const Comparison comparison =
      Compare(SideOf(1.0, 1.0, 100, 10), SideOf(1.1, 1.1, 105, 10), {}, {});
  EXPECT_EQ(comparison.machine_drift, 0);
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    EXPECT_EQ(benchmark.verdict, Verdict::kSlower) << benchmark.name;
  }
}

TEST(MachineDrift, IsNoneOfOtherBuilds) {
  Side old_side = SideOf(1.0, 1.0, 100, 10);
  Side new_side = SideOf(1.1, 1.1, 500, 10);
  for (Process& process : old_side.processes) {
    process.context.build_type = "release";
  }
  for (Process& process : new_side.processes) {
    process.context.build_type = "debug";
  }
  const Comparison comparison = Compare(old_side, new_side, {}, {});
  EXPECT_EQ(comparison.machine_drift, 0);
  EXPECT_EQ(comparison.benchmarks[3].verdict, Verdict::kSlower);
}

TEST(MachineDrift, IsNoneOfFewBenchmarks) {
  Side old_side = SideOf(1.0, 1.0, 100, 10);
  Side new_side = SideOf(1.1, 1.1, 500, 10);
  for (Side* side : {&old_side, &new_side}) {
    for (Process& process : side->processes) process.benchmarks.resize(4);
  }
  EXPECT_EQ(Compare(old_side, new_side, {}, {}).machine_drift, 0);
}

TEST(BenchmarkPairs, WhatIsNotEverywhereIsTold) {
  Side old_side = SideOf(1.0, 1.0, 100, 10);
  Side new_side = SideOf(1.0, 1.0, 500, 10);
  old_side.processes[0].benchmarks.pop_back();
  new_side.processes[1].benchmarks[2].is_complete = false;
  for (Process& process : old_side.processes) {
    process.benchmarks[0].name = "BM_Old";
  }
  // A name twice: the first is taken.
  new_side.processes[0].benchmarks.push_back(
      new_side.processes[0].benchmarks[3]);
  const Comparison comparison = Compare(old_side, new_side, {}, {});
  const auto notes_of = [&](const std::string& name) {
    for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
      if (benchmark.name == name) return benchmark.notes;
    }
    return std::vector<std::string>{"no such benchmark"};
  };
  using Notes = std::vector<std::string>;
  EXPECT_EQ(notes_of("BM_Old"), Notes{"is not in NEW"});
  EXPECT_EQ(notes_of("BM_0"), Notes{"is not in OLD"});
  EXPECT_EQ(notes_of("BM_7"), Notes{"is only in 3 of 4 processes of OLD"});
  EXPECT_EQ(notes_of("BM_2"), Notes{"failed in 1 of 4 processes of NEW"});
  EXPECT_EQ(notes_of("BM_3"), Notes{});
  EXPECT_EQ(comparison.benchmarks.front().name, "BM_Old");
  EXPECT_EQ(comparison.benchmarks.back().name, "BM_0");
  EXPECT_EQ(comparison.benchmarks.front().verdict, Verdict::kUndecided);
  EXPECT_EQ(comparison.benchmarks[2].new_processes, 3);
}

TEST(ComparisonWarnings, OfRunsAndMachines) {
  Side old_side = SideOf(1.0, 1.0, 100, 10);
  Side new_side = SideOf(1.0, 1.0, 105, 10);
  new_side.processes.resize(1);
  new_side.processes[0].context.governor = "powersave";
  new_side.processes[0].context.cpus = 2;
  new_side.processes[0].context.load = {5.5, 1, 1};
  const Comparison comparison = Compare(old_side, new_side, {}, {});
  EXPECT_TRUE(IsTold(comparison, "NEW is a single run"));
  EXPECT_TRUE(IsTold(comparison, "powersave"));
  EXPECT_TRUE(IsTold(comparison, "busy before 1 of 5"));
  EXPECT_EQ(comparison.old_side.processes, 4);
  EXPECT_EQ(Compare({}, {}, {}, {}).benchmarks.size(), 0U);
}

}  // namespace
}  // namespace bench_profiler
