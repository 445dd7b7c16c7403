// Signals of a CPU profile that come when it has been stopped and another one
// has been started: they are no samples of anything.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>

#include "bench_profiler/platform/sample_signal.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/sampling/sampling.h"
#include "tests/core/sampling_support.h"

namespace bench_profiler {
namespace {

constexpr size_t kThreadClock = 0;
constexpr size_t kTaskClock = 1;

sigset_t SampleSignalSet() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, kSampleSignal);
  return set;
}

bool IsPending() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, kSampleSignal) == 1;
}

// A thread that does one thing after the other, while the caller waits. In
// between it uses no CPU time.
class Worker {
 public:
  Worker() : thread_([this] { Run(); }) {}
  ~Worker() {
    Do(nullptr);
    thread_.join();
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void Do(std::function<void()> work) {
    work_ = std::move(work);
    is_given_ = true;
    while (is_given_) usleep(1000);
  }

 private:
  void Run() {
    for (bool goes_on = true; goes_on;) {
      while (!is_given_) usleep(1000);
      goes_on = work_ != nullptr;
      if (goes_on) work_();
      is_given_ = false;
    }
  }

  std::function<void()> work_;
  std::atomic<bool> is_given_{false};
  std::thread thread_;
};

// Waits for the signal of a sample. The calling thread blocks it. A system
// call, since our own sigwaitinfo(2) leaves such signals out.
siginfo_t TakeSignal() {
  while (!IsPending()) Spin(1);
  const sigset_t set = SampleSignalSet();
  siginfo_t info;
  EXPECT_EQ(syscall(SYS_rt_sigtimedwait, &set, &info, nullptr, _NSIG / 8),
            kSampleSignal);
  return info;
}

// Sends a thread of this process a signal as the kernel would, which stands for
// so many periods that nobody can overlook it in a profile.
void Forge(siginfo_t info, pid_t tid) {
  info.si_overrun = 1'000'000;
  ASSERT_EQ(syscall(SYS_rt_tgsigqueueinfo, getpid(), tid, kSampleSignal, &info),
            0);
}

class LateSignal : public testing::TestWithParam<size_t> {
 protected:
  void SetUp() override {
    if (!kHasCpuSamples) GTEST_SKIP();
  }
};

// The kernel holds it back while the thread blocks it. Newer kernels forget
// about signals of timers that are gone, but not about those of perf events.
TEST_P(LateSignal, OneThatWasHeldBackIsNotCounted) {
  Worker worker;
  CpuListener first(1000, GetParam());
  worker.Do([] {
    const sigset_t set = SampleSignalSet();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    while (!IsPending()) Spin(1);
    Spin(500);
  });
  first.Stop();
  CpuListener second(1000, GetParam());
  worker.Do([] {
    const sigset_t set = SampleSignalSet();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    EXPECT_FALSE(IsPending());
  });
  second.Stop();
  EXPECT_LE(second.Nanos(), kTolerance);
}

INSTANTIATE_TEST_SUITE_P(OfBothClocks, LateSignal,
                         testing::Values(kThreadClock, kTaskClock));

class ForgedSignal : public LateSignal {};

TEST_F(ForgedSignal, OneOfAnEarlierProfileIsNotCounted) {
  Worker worker;
  siginfo_t info = {};
  CpuListener first(1000);
  worker.Do([&info] {
    const SampleSignalBlock block;
    info = TakeSignal();
  });
  first.Stop();
  // The entry that it tells of is in use by nobody, then by somebody else.
  worker.Do([&info] { Forge(info, CurrentThreadId()); });
  CpuListener second(1000);
  worker.Do([&info] { Forge(info, CurrentThreadId()); });
  Forge(info, CurrentThreadId());
  second.Stop();
  EXPECT_LE(second.Nanos(), 1e9);  // it would be 1e12
}

// Such as the signal of a perf event whose descriptor is another thread's now.
// Only a thread itself may write to its buffer.
TEST_F(ForgedSignal, OneOfAnotherThreadIsNotCounted) {
  Worker worker;
  siginfo_t info = {};
  CpuListener listener(1000);
  worker.Do([&info] {
    const SampleSignalBlock block;
    info = TakeSignal();
  });
  Forge(info, CurrentThreadId());
  Worker().Do([&info] { Forge(info, CurrentThreadId()); });
  listener.Stop();
  EXPECT_LE(listener.Nanos(), 1e9);  // it would be 1e12
}

}  // namespace
}  // namespace bench_profiler
