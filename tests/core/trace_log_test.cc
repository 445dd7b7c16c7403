// The events of a trace: how many there may be, and what threads write.
#include "bench_profiler/record/trace_log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "bench_profiler/record/trace_activity.h"
#include "bench_profiler/region.h"
#include "integrations/common/phases.h"

namespace bench_profiler {
namespace {

class TraceLogTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(StartTraceLog()); }
  void TearDown() override { StopTraceLog(); }

  static void Add(TraceEvent::Kind kind) {
    TraceEvent event;
    event.kind = kind;
    event.tid = 1;
    event.time = 1;
    AddTraceEvent(event);
  }

  static std::vector<TraceEvent> Activities() {
    std::vector<TraceEvent> activities;
    for (const TraceEvent& event : TraceEvents()) {
      if (event.kind == TraceEvent::kActivity) activities.push_back(event);
    }
    return activities;
  }
};

TEST_F(TraceLogTest, CountsWhatHasNoRoom) {
  constexpr size_t kRoomForWaits = kMaxTraceEvents / 4 * 3;
  for (size_t i = 0; i < kRoomForWaits + 10; ++i) Add(TraceEvent::kWait);
  EXPECT_EQ(TraceEvents().size, kRoomForWaits);
  EXPECT_EQ(LostTraceEvents(), 10u);
  const size_t rest = kMaxTraceEvents - kRoomForWaits;
  for (size_t i = 0; i < rest + 5; ++i) Add(TraceEvent::kActivity);
  EXPECT_EQ(TraceEvents().size, kMaxTraceEvents);
  EXPECT_EQ(TraceEvents()[kMaxTraceEvents - 1].kind, TraceEvent::kActivity);
  EXPECT_EQ(LostTraceEvents(), 15u);
  StopTraceLog();
  Add(TraceEvent::kActivity);
  EXPECT_EQ(LostTraceEvents(), 15u);
  ASSERT_TRUE(StartTraceLog());
  EXPECT_EQ(TraceEvents().size, 0u);
  EXPECT_EQ(LostTraceEvents(), 0u);
}

TEST_F(TraceLogTest, AllThreadsWriteIntoIt) {
  constexpr size_t kEvents = 10000;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (size_t k = 0; k < kEvents; ++k) Add(TraceEvent::kActivity);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Activities().size(), 4 * kEvents);
}

TEST_F(TraceLogTest, ARunScopeIsInItWithItsPhases) {
  {
    const RunScope scope(7, 3, kSetup);
    SetPhase(kTimed);
    SetPhase(kSetup);
    usleep(1000);
    SetPhase(kTimed);
  }
  const std::vector<TraceEvent> events = Activities();
  ASSERT_EQ(events.size(), 6u);
  EXPECT_EQ(events[0].tid, getpid());
  EXPECT_EQ(events[0].activity.run, 7u);
  EXPECT_EQ(events[0].activity.thread, 3u);
  EXPECT_EQ(events[0].activity.phase, kSetup.byte());
  EXPECT_EQ(events[1].activity.phase, kTimed.byte());
  EXPECT_EQ(events[2].activity.phase, kSetup.byte());
  EXPECT_GE(events[3].time - events[2].time, 1'000'000);
  EXPECT_EQ(events[5].activity.run, 0u);
}

TEST_F(TraceLogTest, ShortPausesAreCounted) {
  {
    const RunScope scope(7, 0, kSetup);
    SetPhase(kTimed);
    for (int i = 0; i < 1000; ++i) {
      SetPhase(kPaused);
      SetPhase(kTimed);
    }
  }
  uint64_t left_out = 0;
  for (const TraceEvent& event : Activities()) {
    left_out += event.activity.left_out;
  }
  // Each is left out, or has two events.
  EXPECT_EQ(left_out * 2 + Activities().size(), 2000u + 4);
  EXPECT_GT(left_out, 500u);
}

}  // namespace
}  // namespace bench_profiler
