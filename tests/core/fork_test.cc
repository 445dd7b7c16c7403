// A forked child is profiled by nobody, and may profile itself.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "bench_profiler/sampling/sampling.h"
#include "tests/core/sampling_support.h"
#include "tests/support/sanitizers.h"

namespace bench_profiler {
namespace {

// The exit code of a child that does `work`: 0 if it returned true.
int InChild(const std::function<bool()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work() ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Fork, TheChildIsNotSampledAndMayStart) {
  if (!kHasCpuSamples) GTEST_SKIP();
  CpuListener listener(1000);
  double spun = Spin(100);
  EXPECT_EQ(InChild([] {
              Spin(100);
              CpuListener own(500);
              const double started = Spin(200);
              own.Stop();
              return std::abs(own.Nanos() - started) < kTolerance &&
                     own.Data().rate == 500;
            }),
            0);
  spun += Spin(100);
  listener.Stop();
  EXPECT_NEAR(listener.Nanos(), spun, kTolerance);
}

TEST(Fork, TheChildOfAChildMayStart) {
  if (!kHasCpuSamples) GTEST_SKIP();
  EXPECT_EQ(InChild([] {
              CpuListener own(1000);
              return InChild([] {
                       CpuListener inner(1000);
                       const double spun = Spin(200);
                       inner.Stop();
                       return std::abs(inner.Nanos() - spun) < kTolerance;
                     }) == 0;
            }),
            0);
}

TEST(Fork, TheHeapOfTheChildBeginsAnew) {
  constexpr size_t kSize = 10061;
  ASSERT_FALSE(SetRate(HeapKindIndex(), 1));
  void* kept = malloc(kSize);
  const auto blocks = [] {
    int64_t in_use = 0;
    for (const SampleRow& row : HeapSnapshot()) {
      if (row.size == kSize) in_use += row.values[2];
    }
    return in_use;
  };
  EXPECT_EQ(blocks(), 1);
  EXPECT_EQ(InChild([&] {
              SampleSet set(SampleSet::Regions::kLeaveOut);
              if (Rate(HeapKindIndex()) != 0) return false;
              if (!TakeSnapshot(HeapKindIndex(), &set)) return false;
              if (SetRate(HeapKindIndex(), 1)) return false;
              free(kept);
              void* own = malloc(kSize);
              if (blocks() != 1) return false;
              free(own);
              return blocks() == 0;
            }),
            0);
  EXPECT_EQ(blocks(), 1);
  free(kept);
  ASSERT_FALSE(SetRate(HeapKindIndex(), 0));
}

// Whatever the other threads are in the middle of: starts, stops, drains,
// snapshots, threads that come and go.
TEST(Fork, InTheMiddleOfAnything) {
  // ThreadSanitizer's children have no threads.
  if (!kHasCpuSamples) GTEST_SKIP();
  if (kAddressSanitizer) {
    GTEST_SKIP() << "under AddressSanitizer such children hang by themselves: "
                    "another thread may hold a lock of its runtime";
  }
  std::atomic<bool> done{false};
  std::vector<std::thread> threads;
  ASSERT_FALSE(SetRate(HeapKindIndex(), 64));
  threads.emplace_back([&done] {
    while (!done) CpuListener(1000).Stop();
  });
  threads.emplace_back([&done] {
    while (!done) {
      HeapSnapshot();
      DrainAll();
    }
  });
  threads.emplace_back([&done] {
    while (!done) std::thread([] { free(malloc(100)); }).join();
  });
  CpuListener listener(1000);
  for (int i = 0; i < 300; ++i) {
    ASSERT_EQ(InChild([] {
                alarm(60);  // ends it if it hangs
                CpuListener own(1000);
                std::thread([] { free(malloc(100)); }).join();
                own.Stop();
                if (SetRate(HeapKindIndex(), 1)) return false;
                free(malloc(100));
                HeapSnapshot();
                return true;
              }),
              0)
        << i;
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
  ASSERT_FALSE(SetRate(HeapKindIndex(), 0));
}

}  // namespace
}  // namespace bench_profiler
