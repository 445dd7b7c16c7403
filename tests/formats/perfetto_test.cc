// Traces from events made by hand.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "bench_profiler/export/exporter.h"
#include "bench_profiler/record/raw_trace.h"
#include "tests/formats/exporter_fixture.h"
#include "tests/support/program.h"
#include "tests/support/trace_view.h"

namespace bench_profiler {
namespace {

constexpr int32_t kMain = 100;
constexpr int32_t kWorker = 101;

class PerfettoTest : public ExporterTest {
 protected:
  PerfettoTest() {
    trace_.pid = kMain;
    trace_.process = "program";
    trace_.start = 1000;
    trace_.end = 9000;
    trace_.sample_period = 10;
  }

  TraceEvent* Add(TraceEvent::Kind kind, int32_t tid, int64_t time) {
    TraceEvent event;
    event.kind = kind;
    event.tid = tid;
    event.time = time;
    events_.push_back(event);
    return &events_.back();
  }

  void AddActivity(int64_t time, uint32_t run, Phase phase = kSetup,
                   uint64_t left_out = 0) {
    Add(TraceEvent::kActivity, kMain, time)->activity = {run, 0, phase.byte(),
                                                         left_out};
  }

  void AddName(TraceEvent::Kind kind, int32_t tid, int64_t time,
               const char* name) {
    std::strncpy(Add(kind, tid, time)->name, name, 16);
  }

  static bool Append(void* bytes, const char* data, size_t size) {
    static_cast<std::string*>(bytes)->append(data, size);
    return true;
  }

  // Reads what is written, which upstream's definition must understand, too.
  TraceView Write() {
    RawProfile data = Data();
    trace_.events = {events_.data(), events_.size()};
    trace_.samples = {timed_.data(), timed_.size()};
    data.trace = &trace_;
    data.profiles = {};
    std::string bytes;
    Error error;
    EXPECT_EQ(BenchProfilerWrite(&data, 0, Append, &bytes, &error), 0)
        << error.message();
    const std::string path = folder_ / "made.perfetto-trace";
    std::ofstream(path) << bytes;
    EXPECT_EQ(CheckWithUpstream(path, &counts_), "");
    TraceView view = ParseTrace(bytes);
    EXPECT_TRUE(view.valid) << view.problem;
    return view;
  }

  RawTrace trace_;
  std::vector<TraceEvent> events_;
  std::vector<TimedSample> timed_;
  std::string counts_;
};

TEST_F(PerfettoTest, ABenchmarkIsASpanWithItsRunsAndPhases) {
  const uint32_t benchmark = AddBenchmark("BM_A");
  const uint32_t trial = AddRun(benchmark, -1);
  const uint32_t run = AddRun(benchmark, 0);
  AddActivity(2000, trial);
  AddActivity(2100, trial, kTimed);
  AddActivity(2200, 0);
  AddActivity(3000, run);
  AddActivity(3100, run, kTimed);
  AddActivity(3500, run, kPaused);
  AddActivity(3600, run, kTimed);
  AddActivity(4000, 0, Phase(), /*left_out=*/7);
  const TraceView trace = Write();
  std::string paths;
  for (const TraceSpanView& span : trace.spans) {
    paths += span.path + " " + std::to_string(span.begin) + "-" +
             std::to_string(span.end) + "\n";
  }
  EXPECT_EQ(paths,
            "BM_A 2000-4000\n"
            "BM_A > calibration 2000-2200\n"
            "BM_A > calibration > setup 2000-2100\n"
            "BM_A > calibration > timed 2100-2200\n"
            "BM_A > repetition 1 3000-4000\n"
            "BM_A > repetition 1 > setup 3000-3100\n"
            "BM_A > repetition 1 > timed 3100-3500\n"
            "BM_A > repetition 1 > paused 3500-3600\n"
            "BM_A > repetition 1 > timed 3600-4000\n");
  EXPECT_EQ(
      trace.Spans("repetition 1")[0].notes.at("pauses below 10 us, not shown"),
      "7");
}

TEST_F(PerfettoTest, WhatHasNotEndedEndsWithTheTrace) {
  AddActivity(2000, AddRun(AddBenchmark("BM_A"), 0), kTimed);
  user_labels_.push_back({{"request", "7"}});
  Add(TraceEvent::kLabels, kMain, 2500)->labels = {1};
  const TraceView trace = Write();
  ASSERT_EQ(trace.spans.size(), 4u);
  for (const TraceSpanView& span : trace.spans) EXPECT_EQ(span.end, 9000);
  const TraceSpanView labels = trace.Spans("request=7").at(0);
  EXPECT_EQ(labels.track, "labels");
  EXPECT_EQ(labels.tid, kMain);
  EXPECT_EQ(labels.notes.at("request"), "7");
}

TEST_F(PerfettoTest, AWaitHasAnArrowFromWhoUnlocked) {
  AddName(TraceEvent::kThread, kMain, 1000, "main");
  AddName(TraceEvent::kThreadStart, kWorker, 1500, "main");
  Add(TraceEvent::kUnlock, kMain, 3000)->unlock = {0xabc};
  Add(TraceEvent::kWait, kWorker, 2000)->wait = {3100, 0xabc, 3000};
  Add(TraceEvent::kWait, kWorker, 4000)->wait = {4100, 0, 0};
  AddName(TraceEvent::kThreadEnd, kWorker, 5000, "worker");
  const TraceView trace = Write();
  EXPECT_EQ(trace.threads.at(kMain), "main");
  EXPECT_EQ(trace.threads.at(kWorker), "worker");
  const TraceSpanView wait = trace.Spans("wait for a lock").at(0);
  EXPECT_EQ(wait.begin, 2000);
  EXPECT_EQ(wait.end, 3100);
  ASSERT_EQ(wait.arrows_to.size(), 1u);
  EXPECT_EQ(trace.Spans("wait").at(0).arrows_to.size(), 0u);
  std::string moments;
  for (const TraceSpanView& moment : trace.moments) {
    moments += moment.name + " ";
    if (moment.name == "unlock") {
      EXPECT_EQ(moment.arrows_from, wait.arrows_to);
    }
  }
  EXPECT_EQ(moments, "thread begins unlock thread ends ");
  if (!counts_.empty()) {
    EXPECT_EQ(counts_,
              "spans 2 moments 3 samples 0 arrows 1 tracks 4 points 2\n");
  }
}

TEST_F(PerfettoTest, SamplesHaveTimesAndStacks) {
  timed_.push_back({3000, 20, kWorker, 2});
  timed_.push_back({2000, 10, kMain, 4});
  timed_.push_back({500, 10, kMain, 4});  // before the trace
  trace_.lost = 5;
  const TraceView trace = Write();
  ASSERT_EQ(trace.samples.size(), 2u);
  EXPECT_EQ(trace.samples[0].time, 2000);
  EXPECT_EQ(trace.samples[0].nanos, 10);
  EXPECT_EQ(trace.samples[0].functions.size(), 2u);
  EXPECT_TRUE(trace.samples[0].Has("truncated"));
  EXPECT_EQ(trace.samples[1].tid, kWorker);
  EXPECT_EQ(trace.samples[1].nanos, 20);
  const auto& lost = trace.counters.at("lost events and samples");
  EXPECT_EQ(lost.back().second, 5);
}

TEST_F(PerfettoTest, NumbersThatMeanNothingDoNoHarm) {
  AddActivity(2000, 12345, kTimed);
  AddActivity(2100, AddRun(AddBenchmark("BM_A"), 0), Phase(99, false));
  Add(TraceEvent::kLabels, kMain, 2200)->labels = {999};
  Add(TraceEvent::kWait, kMain, 8000)->wait = {99999, 1, 1};
  Add(TraceEvent::kNone, kMain, 2300);
  timed_.push_back({2000, 10, kMain, 12345});
  Write();
}

}  // namespace
}  // namespace bench_profiler
