// CPU profiles while threads are born and die, in all ways in which a program
// can make them.
#include <gtest/gtest.h>
#include <threads.h>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "bench_profiler/sampling/sampling.h"
#include "tests/core/holdings.h"
#include "tests/core/sampling_support.h"

namespace bench_profiler {
namespace {

// Calls `step` in threads of its own, again and again, until the end of the
// scope.
class Background {
 public:
  Background(int threads, const std::function<void()>& step) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this, step] {
        while (!done_) step();
      });
    }
  }
  ~Background() {
    done_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

 private:
  std::atomic<bool> done_{false};
  std::vector<std::thread> threads_;
};

// A thread whose start and end are told to observers.
void MakeAnnouncedThread() {
  std::thread([] {}).join();
}

// One whose start and end nobody is told of: libc makes it without the
// pthread_create that programs see.
void MakeHiddenThread() {
  thrd_t thread;
  ASSERT_EQ(thrd_create(
                &thread, [](void*) { return 0; }, nullptr),
            thrd_success);
  thrd_join(thread, nullptr);
}

// What is found in /proc/self/task may end before it has a timer, or while it
// has one. That is no thread that could not be sampled.
void ExpectNoWarningBeside(const std::function<void()>& make_thread) {
  const Holdings before = Holdings::Now();
  {
    const Background churn(3, make_thread);
    for (size_t i = 0; i < 500; ++i) {
      CpuListener listener(1000, i % 2);       // of both clocks
      for (int j = 0; j < 5; ++j) DrainAll();  // looks for new threads
      listener.Stop();
      ASSERT_STREQ(listener.Warning(), "") << i;
    }
  }
  const Holdings after = Holdings::Now();
  EXPECT_LE(after.descriptors, before.descriptors);
  EXPECT_LE(after.timers, before.timers);
}

TEST(ThreadChurn, AThreadThatEndsWhileItIsFoundIsNoWarning) {
  if (!kHasCpuSamples) GTEST_SKIP();
  ExpectNoWarningBeside(MakeAnnouncedThread);
}

TEST(ThreadChurn, NorIsOneThatWasNotAnnounced) {
  if (!kHasCpuSamples) GTEST_SKIP();
  ExpectNoWarningBeside(MakeHiddenThread);
}

}  // namespace
}  // namespace bench_profiler
