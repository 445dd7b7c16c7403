// A CPU profile of many threads that all live at a time.
#include <gtest/gtest.h>
#include <semaphore.h>
#include <time.h>

#include <set>
#include <thread>
#include <vector>

#include "bench_profiler/platform/thread_labels.h"
#include "bench_profiler/sampling/sampling.h"
#include "tests/core/sampling_support.h"

namespace bench_profiler {
namespace {

// The kernel looks at timers in its ticks only. A thread that has ten ticks'
// CPU time in a row is running when they come. Where other processes cut its
// time into pieces, all of its ticks may miss it: with a chance of e^-10 if
// they came at random. One thread in fifty is allowed for.
TEST(ManyThreads, EachHasSamples) {
  if (!kHasCpuSamples) GTEST_SKIP();
  constexpr size_t kThreads = 100;
  timespec tick;
  clock_getres(CLOCK_MONOTONIC_COARSE, &tick);
  const int64_t milliseconds = 10 * tick.tv_nsec / 1000000;
  sem_t turns;
  sem_init(&turns, 0, 0);
  const auto work = [&turns, milliseconds](uint32_t number) {
    SetCurrentLabels(number);
    sem_wait(&turns);
    Spin(milliseconds);
    sem_post(&turns);
  };
  std::vector<std::thread> threads;
  // Half of them are there before the profile starts.
  while (threads.size() < kThreads / 2) {
    threads.emplace_back(work, threads.size() + 1);
  }
  CpuListener listener(1000);
  while (threads.size() < kThreads) {
    threads.emplace_back(work, threads.size() + 1);
  }
  for (int i = 0; i < 2; ++i) sem_post(&turns);  // two at a time
  for (std::thread& thread : threads) thread.join();
  listener.Stop();
  std::set<uint32_t> sampled;
  for (const SampleRow& row : listener.Rows()) sampled.insert(row.labels);
  sampled.erase(0);
  EXPECT_GE(sampled.size(), kThreads - kThreads / 50);
}

}  // namespace
}  // namespace bench_profiler
