#include "bench_profiler/compare/read_side.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "read_side_fixture.h"

namespace bench_profiler {
namespace {

TEST_F(ReadSideTest, ATimeIsTheMedianOfRepetitions) {
  MadeRun run = Sorting(1);
  run.benchmarks[0].seconds = {5e-3, 1e-3, 2e-3};
  Write("odd.d", run);
  EXPECT_DOUBLE_EQ(TimeOf(Read({"odd.d"})), 2e-3);
  run.benchmarks[0].seconds.push_back(4e-3);
  Write("even.d", run);
  EXPECT_DOUBLE_EQ(TimeOf(Read({"even.d"})), 3e-3);
}

TEST_F(ReadSideTest, SomeBenchmarksGoByTheClock) {
  const std::pair<const char*, double> cases[] = {
      {"BM_Wait/real_time", 2e-3},    {"BM_Wait/8/real_time/threads:2", 2e-3},
      {"BM_Wait/manual_time", 2e-3},  {"BM_Wait/real_time_of_day", 1e-3},
      {"BM_Wait/process_time", 1e-3},
  };
  for (const auto& [name, seconds] : cases) {
    MadeRun run = Sorting(1);
    run.benchmarks[0].name = name;
    Write("cpu.prof.d", run);
    EXPECT_DOUBLE_EQ(TimeOf(Read({"cpu.prof.d"})), seconds) << name;
  }
}

TEST_F(ReadSideTest, WhatWasSkippedHasNoTime) {
  MadeRun run = Sorting(1);
  run.benchmarks[0].seconds = {0};
  Write("cpu.prof.d", run);
  EXPECT_LT(TimeOf(Read({"cpu.prof.d"})), 0);
}

TEST_F(ReadSideTest, FunctionsCostWhatTheirSamplesDo) {
  MadeRun run = Sorting(1);
  // Less is inlined in Sort, which calls itself.
  run.benchmarks[0].samples = {{{"+Less", "Sort", "Sort", "main"}, 30},
                               {{"Sort", "main"}, 50},
                               {{"main"}, 20},
                               {{"main"}, 0}};
  Write("cpu.prof.d", run);
  const Side side = Read({"cpu.prof.d"});
  const MeasuredValue& time = ValueOf(side, Measure::kTime);
  EXPECT_EQ(time.samples, 100);
  EXPECT_EQ(SelfOf(time, "Less"), 30);
  EXPECT_EQ(SelfOf(time, "Sort"), 50);
  EXPECT_EQ(SelfOf(time, "main"), 20);
  EXPECT_EQ(CumulativeOf(time, "Less"), 30);
  EXPECT_EQ(CumulativeOf(time, "Sort"), 80);
  EXPECT_EQ(CumulativeOf(time, "main"), 100);
  ASSERT_EQ(time.calls.size(), 2u);
  for (const auto& [call, cost] : time.calls) {
    const std::string caller = functions_[call.first].name;
    const std::string callee = functions_[call.second].name;
    EXPECT_EQ(cost, callee == "Less" ? 30 : 50);
    EXPECT_EQ(caller, callee == "Less" ? "Sort" : "main");
  }
  EXPECT_FALSE(time.has_estimated_functions);
  EXPECT_EQ(time.file, folder_ / "cpu.prof.d/BM_Sort.prof");
}

TEST_F(ReadSideTest, CodeWithoutANameIsItsModules) {
  ParsedProfile profile = MadeProfile("cpu", {{{"Sort", "main"}, 7}});
  profile.locations[0].lines.clear();
  WriteBytes(folder_ / "cpu.prof", WritePprof(profile));
  const Side side = Read({"cpu.prof"});
  EXPECT_EQ(SelfOf(ValueOf(side, Measure::kTime), "[made]"), 7);
}

TEST_F(ReadSideTest, AllocationsWithoutBenchmemAreEstimates) {
  MadeRun heap = Sorting(1, "heap");
  heap.benchmem = false;
  heap.benchmarks[0].allocs = 3;
  heap.rate = 524288;
  Write("mem.prof.d", heap);
  EXPECT_TRUE(ValueOf(Read({"mem.prof.d"}), Measure::kAllocs).is_estimated);
  heap.rate = 1;  // each is sampled
  Write("mem.prof.d", heap);
  const Side side = Read({"mem.prof.d"});
  EXPECT_FALSE(ValueOf(side, Measure::kAllocs).is_estimated);
  EXPECT_FALSE(ValueOf(side, Measure::kAllocs).has_estimated_functions);
}

TEST_F(ReadSideTest, WithoutSamplesThereAreTimes) {
  MadeRun run = Sorting(1);
  run.benchmarks[0].samples.clear();
  run.benchmarks.push_back(run.benchmarks[0]);
  run.benchmarks[1].name = "BM_Unseen";
  run.benchmarks[1].has_file = false;
  run.benchmarks.push_back(run.benchmarks[0]);  // a name that is there twice
  Write("cpu.prof.d", run);
  const Side side = Read({"cpu.prof.d"});
  const std::vector<MeasuredBenchmark>& benchmarks =
      side.processes[0].benchmarks;
  ASSERT_EQ(benchmarks.size(), 3u);
  for (const MeasuredBenchmark& benchmark : benchmarks) {
    EXPECT_DOUBLE_EQ(benchmark.measures.at(Measure::kTime).value, 1e-3);
    EXPECT_EQ(benchmark.measures.at(Measure::kTime).samples, 0);
  }
  EXPECT_EQ(benchmarks[0].reason, "");
  EXPECT_NE(benchmarks[1].reason, "");
  EXPECT_EQ(benchmarks[2].name, "BM_Sort #2");
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(ReadSideTest, OlderIndexesHaveSumsOnly) {
  Write("cpu.prof.d", Sorting(0));
  WriteBytes(folder_ / "cpu.prof.d/index.json",
             R"({"format": 1, "kind": "cpu", "profile": "cpu.prof",
                 "rate": 1000, "period": 1000000, "benchmarks": [{
                 "name": "BM_Sort", "file": "BM_Sort.prof", "complete": true,
                 "iterations": 200, "repetitions": 2, "threads": 1,
                 "cpu_seconds": 0.5, "real_seconds": 0.5, "samples": 80,
                 "profiled_cpu_seconds": 0.5, "relative_error": 0.1}]})");
  const Side side = Read({"cpu.prof.d"});
  EXPECT_DOUBLE_EQ(TimeOf(side), 0.0025);
  EXPECT_EQ(SelfOf(ValueOf(side, Measure::kTime), "Sort"), 80);
}

TEST_F(ReadSideTest, WhatCannotBeReadIsLeftOut) {
  for (int i = 1; i <= 9; ++i) {
    Write("old/" + std::to_string(i) + "/cpu.prof.d", Sorting(i));
  }
  const std::string bytes = ReadFile(folder_ / "old/1/cpu.prof.d/BM_Sort.prof");
  WriteBytes(folder_ / "old/1/cpu.prof.d/BM_Sort.prof",
             bytes.substr(0, bytes.size() / 2));
  std::remove((folder_ / "old/2/cpu.prof.d/BM_Sort.prof").c_str());
  WriteBytes(folder_ / "old/3/cpu.prof.d/index.json", "{]");
  // Reading it would never end.
  std::remove((folder_ / "old/4/cpu.prof.d/BM_Sort.prof").c_str());
  ASSERT_EQ(mkfifo((folder_ / "old/4/cpu.prof.d/BM_Sort.prof").c_str(), 0600),
            0);
  const Side side = Read({"old"});
  EXPECT_EQ(side.processes.size(), 8u);
  EXPECT_EQ(warnings_.size(), 4u);
  EXPECT_DOUBLE_EQ(TimeOf(side, 0), 1e-3);
  EXPECT_EQ(ValueOf(side, Measure::kTime, 0).samples, 0);
  EXPECT_NE(side.processes[0].benchmarks[0].reason, "");
}

TEST_F(ReadSideTest, ManyProblemsAreToldByTheirNumber) {
  for (int i = 1; i <= 9; ++i) {
    const std::string path = "old/" + std::to_string(i) + "/cpu.prof.d";
    Write(path, Sorting(i));
    WriteBytes(folder_ / path + "/BM_Sort.prof", "");
  }
  Read({"old"});
  ASSERT_EQ(warnings_.size(), 6u);
  EXPECT_EQ(warnings_[5], "and 4 more such files");
}

}  // namespace
}  // namespace bench_profiler
