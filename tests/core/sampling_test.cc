// Sampling as a whole, in this process: who listens hears what is sampled
// between his start and his stop, and nothing else.
#include "bench_profiler/sampling/sampling.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/sampling/drain_thread.h"
#include "tests/core/holdings.h"
#include "tests/core/sampling_support.h"

namespace bench_profiler {
namespace {

TEST(CpuSampling, EachOfTwoHearsItsOwnTime) {
  if (!kHasCpuSamples) GTEST_SKIP();
  CpuListener first(1000);
  const double alone_before = Spin(400);
  CpuListener second(100);
  const double together = Spin(400);
  first.Stop();
  const double alone_after = Spin(400);
  second.Stop();
  EXPECT_NEAR(first.Nanos(), alone_before + together, kTolerance);
  EXPECT_NEAR(second.Nanos(), together + alone_after, kTolerance);
}

TEST(CpuSampling, WhoJoinsGetsTheRateThatRuns) {
  if (!kHasCpuSamples) GTEST_SKIP();
  CpuListener first(500);
  CpuListener second(100);
  first.Stop();
  second.Stop();
  EXPECT_EQ(second.Data().rate, 500);
  EXPECT_EQ(second.Data().period, 2000000);
  // It is not so for who comes after the last one has left.
  CpuListener third(100);
  third.Stop();
  EXPECT_EQ(third.Data().rate, 100);
}

TEST(CpuSampling, DrainsInBetweenLoseNothing) {
  if (!kHasCpuSamples) GTEST_SKIP();
  CpuListener listener(1000);
  double spun = 0;
  for (int i = 0; i < 20; ++i) {
    spun += Spin(20);
    DrainAll();
  }
  listener.Stop();
  EXPECT_NEAR(listener.Nanos(), spun, kTolerance);
}

TEST(CpuSampling, WhatWasSampledForNobodyIsForgotten) {
  if (!kHasCpuSamples) GTEST_SKIP();
  for (int i = 0; i < 10; ++i) {
    CpuListener listener(1000);
    Spin(30);
    listener.Stop();
  }
  Spin(400);
  CpuListener late(1000);
  late.Stop();
  EXPECT_LE(late.Nanos(), kTolerance);
}

TEST(CpuSampling, StopsInAnotherThreadThanItStarts) {
  if (!kHasCpuSamples) GTEST_SKIP();
  CpuListener listener(1000);
  std::thread([&] {
    const double spun = Spin(200);
    listener.Stop();
    EXPECT_NEAR(listener.Nanos(), spun, kTolerance);
  }).join();
}

TEST(CpuSampling, ThreadsComeAndGoMeanwhile) {
  if (!kHasCpuSamples) GTEST_SKIP();
  std::atomic<bool> done{false};
  std::vector<std::thread> churners;
  for (int i = 0; i < 2; ++i) {
    churners.emplace_back([&done] {
      while (!done) std::thread([] { Spin(1); }).join();
    });
  }
  for (int i = 0; i < 100; ++i) {
    CpuListener listener(1000);
    Spin(1);
    listener.Stop();
  }
  done = true;
  for (std::thread& churner : churners) churner.join();
}

TEST(Sampling, AThousandCyclesFromTwoThreadsLeaveNothingBehind) {
  constexpr int kCycles = 1000;
  const auto cycle = [](int cycles) {
    for (int i = 0; i < cycles; ++i) {
      CpuListener listener(1000);
      listener.Stop();
      HeapSnapshot();
    }
  };
  ASSERT_FALSE(SetRate(HeapKindIndex(), 4096));
  const auto cycle_in_two = [&](int cycles) {
    std::thread other(cycle, cycles);
    cycle(cycles);
    other.join();
  };
  cycle_in_two(10);
  const Holdings before = Holdings::Now();
  cycle_in_two(kCycles);
  const Holdings after = Holdings::Now();
  EXPECT_EQ(after.descriptors, before.descriptors);
  EXPECT_EQ(after.timers, before.timers);
  // The allocator's own come and go, those of sanitizers above all; one of ours
  // for each cycle would be 2,000.
  EXPECT_LE(after.mappings, before.mappings + kCycles / 5);
  ASSERT_FALSE(SetRate(HeapKindIndex(), 0));
}

TEST(DrainThread, GoesOnUntilItIsEnough) {
  static std::atomic<int> calls;
  calls = 0;
  ASSERT_TRUE(KeepDraining([] { return ++calls < 2; }));
  while (calls < 2) usleep(10000);
  sleep(2);
  EXPECT_EQ(calls, 2);
}

TEST(Sampling, WrongOrderIsHarmless) {
  SampleSet set(SampleSet::Regions::kLeaveOut);
  for (size_t kind = 0; kind < Kinds().size; ++kind) Unlisten(kind, &set);
  EXPECT_TRUE(TakeSnapshot(CpuKindIndex(), &set));  // is no table
  EXPECT_TRUE(SetRate(CpuKindIndex(), 100));
}

}  // namespace
}  // namespace bench_profiler
