#include "bench_profiler/sampling/recorder.h"

#include <gtest/gtest.h>

#include <vector>

#include "bench_profiler/region.h"

namespace bench_profiler {
namespace {

BenchmarkResult Result(const char* name, int repetitions, int extra_runs = 0) {
  BenchmarkResult result;
  result.name = name;
  result.repetitions = repetitions;
  result.extra_runs = extra_runs;
  return result;
}

// The repetition of each run of `benchmark`, in order.
std::vector<int> Repetitions(const Recorder& recorder, uint32_t benchmark) {
  RawProfile data;
  recorder.FillIn(&data);
  std::vector<int> repetitions;
  for (const RunRow& run : data.runs) {
    if (run.has_benchmark && run.benchmark == benchmark) {
      repetitions.push_back(run.repetition);
    }
  }
  return repetitions;
}

TEST(Recorder, TheLastRunsAreTheMeasuredOnes) {
  Recorder recorder;
  const uint32_t benchmark = recorder.AddBenchmark("BM");
  for (int i = 0; i < 5; ++i) recorder.AddRun(benchmark);
  recorder.Report(benchmark, Result("BM/full", 2));
  EXPECT_EQ(Repetitions(recorder, benchmark),
            (std::vector<int>{-1, -1, -1, 0, 1}));
}

TEST(Recorder, ExtraRunsOfManagersAreNotMeasured) {
  Recorder recorder;
  const uint32_t benchmark = recorder.AddBenchmark("BM");
  for (int i = 0; i < 6; ++i) recorder.AddRun(benchmark);
  recorder.Report(benchmark, Result("BM", 2, 1));
  EXPECT_EQ(Repetitions(recorder, benchmark),
            (std::vector<int>{-1, -1, 0, -1, 1, -1}));
}

TEST(Recorder, InterleavedBenchmarksKeepTheirRuns) {
  Recorder recorder;
  const uint32_t a = recorder.AddBenchmark("A");
  const uint32_t b = recorder.AddBenchmark("B");
  for (const uint32_t benchmark : {a, a, b, b, a, b, b, a}) {
    recorder.AddRun(benchmark);
  }
  recorder.Report(b, Result("B", 3));
  recorder.Report(a, Result("A", 3));
  EXPECT_EQ(Repetitions(recorder, a), (std::vector<int>{-1, 0, 1, 2}));
  EXPECT_EQ(Repetitions(recorder, b), (std::vector<int>{-1, 0, 1, 2}));
}

TEST(Recorder, ASecondReportLeavesTheFirstAlone) {
  Recorder recorder;
  const uint32_t benchmark = recorder.AddBenchmark("BM");
  recorder.AddRun(benchmark);
  recorder.Report(benchmark, Result("BM", 1));
  recorder.AddRun(benchmark);
  recorder.AddRun(benchmark);
  recorder.Report(benchmark, Result("BM", 1));
  EXPECT_EQ(Repetitions(recorder, benchmark), (std::vector<int>{0, -1, 0}));
}

TEST(Recorder, MoreRepetitionsThanRunsDoNoHarm) {
  Recorder recorder;
  const uint32_t benchmark = recorder.AddBenchmark("BM");
  recorder.AddRun(benchmark);
  recorder.Report(benchmark, Result("BM", 100));
  EXPECT_EQ(Repetitions(recorder, benchmark).size(), 1u);
}

TEST(Recorder, UnseenBenchmarksGetTheTimeSinceTheLastReport) {
  Recorder recorder;
  const uint32_t outside = recorder.AddOutsideRun();
  recorder.ReportUnseen(Result("BM_Unseen", 1));
  RawProfile data;
  recorder.FillIn(&data);
  ASSERT_TRUE(data.runs[outside].has_benchmark);
  const BenchmarkRow& row = data.benchmarks[data.runs[outside].benchmark];
  EXPECT_STREQ(data.String(row.name), "BM_Unseen");
  EXPECT_FALSE(row.hooked);
  EXPECT_EQ(recorder.unseen(), 1u);
}

TEST(Recorder, ABenchmarkWhoseLoopIsUnseenCountsOnce) {
  Recorder recorder;
  recorder.AddBenchmark("seen");
  const uint32_t benchmark = recorder.AddBenchmark("unseen");
  recorder.SetUnseen(recorder.AddRun(benchmark));
  recorder.SetUnseen(recorder.AddRun(benchmark));
  EXPECT_EQ(recorder.unseen(), 1u);
  RawProfile data;
  recorder.FillIn(&data);
  EXPECT_TRUE(data.benchmarks[0].hooked);
  EXPECT_FALSE(data.benchmarks[benchmark].hooked);
}

// A collector that hands over what the test gave it.
class FakeCollector : public Collector {
 public:
  struct Sample {
    uint64_t activity;
    std::vector<uintptr_t> addresses;
    bool truncated;
  };
  std::vector<Sample> samples;

  bool Start(const CollectorOptions&, char*, size_t) override { return true; }
  void Stop() override {}
  void FindThreads() override {}
  void Drain(SampleSink* sink) override {
    for (const Sample& sample : samples) {
      SampleRow row;
      row.stack = sink->Stack(sample.addresses.data(), sample.addresses.size(),
                              sample.truncated);
      row.samples = row.values[0] = 1;
      row.values[1] = 1000;
      sink->Add(sample.activity, row);
    }
    samples.clear();
  }
  const char* Description() const override { return ""; }
  int64_t Period() const override { return 1; }
  uint64_t Lost() const override { return 0; }
};

// The frames of the one sample, leaf first, that a recorder makes of `stack`.
std::vector<uint64_t> FramesOf(Recorder* recorder,
                               const std::vector<uintptr_t>& stack) {
  FakeCollector collector;
  collector.samples = {{Activity{}.Pack(), stack, false}};
  recorder->Drain(0, &collector);
  RawProfile data;
  recorder->FillIn(&data);
  std::vector<uint64_t> frames;
  if (recorder->Samples(0).size != 1) return frames;
  for (uint32_t node = recorder->Samples(0)[0].stack; node != 0;
       node = data.stacks[node].parent) {
    frames.push_back(data.stacks[node].address);
  }
  return frames;
}

TEST(Recorder, HiddenFramesAreLeftOut) {
  Recorder recorder;
  recorder.Hide({0x2000, 0x3000}, /*with_callees=*/false);
  EXPECT_EQ(FramesOf(&recorder, {0x1000, 0x2000, 0x2fff, 0x3000}),
            (std::vector<uint64_t>{0x1000, 0x3000}));
}

TEST(Recorder, WhatHiddenFramesCallCanBeLeftOutToo) {
  Recorder recorder;
  recorder.Hide({0x2000, 0x3000}, /*with_callees=*/true);
  EXPECT_EQ(FramesOf(&recorder, {0x1000, 0x2000, 0x4000, 0x2fff, 0x3000}),
            (std::vector<uint64_t>{0x3000}));
}

TEST(Recorder, TruncatedStacksEndInTheirOwnFrame) {
  Recorder recorder;
  FakeCollector collector;
  collector.samples = {{Activity{}.Pack(), {0x1000, 0x2000}, true},
                       {Activity{}.Pack(), {0x1000, 0x2000}, false}};
  recorder.Drain(0, &collector);
  RawProfile data;
  recorder.FillIn(&data);
  ASSERT_EQ(recorder.Samples(0).size, 2u);
  uint32_t node = recorder.Samples(0)[0].stack;
  while (data.stacks[node].parent != 0) node = data.stacks[node].parent;
  EXPECT_EQ(data.stacks[node].address, kTruncatedAddress);
}

}  // namespace
}  // namespace bench_profiler
