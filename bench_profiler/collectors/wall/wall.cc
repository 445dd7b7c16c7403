// The wall-clock profile: a thread of ours looks at all others, again and
// again.
#include <errno.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cinttypes>
#include <cstdio>
#include <new>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/wall/pace.h"
#include "bench_profiler/collectors/wall/wall_threads.h"
#include "bench_profiler/platform/never_destroyed.h"
#include "bench_profiler/platform/own_threads.h"
#include "bench_profiler/platform/process_lock.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/record/stack_request.h"

namespace bench_profiler {
namespace {

constexpr int64_t kNanosPerSecond = 1000000000;

// How long Stop waits for threads that were just asked for their stacks.
constexpr int64_t kLastAnswersNanos = 20 * 1000 * 1000;

int64_t NanosOf(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * kNanosPerSecond + time.tv_nsec;
}
int64_t MonotonicNanos() { return NanosOf(CLOCK_MONOTONIC); }
int64_t OwnCpuNanos() { return NanosOf(CLOCK_THREAD_CPUTIME_ID); }

// What the sampler's thread and its collector share.
struct Sampler {
  static void Run(void* sampler) { static_cast<Sampler*>(sampler)->Loop(); }
  void Loop();
  void Look();
  void End();

  ProcessLock lock;  // of `threads` and `last_look`
  WallThreads threads;
  int64_t last_look = 0;
  int64_t period_ns = 0;
  Pace pace;
  std::atomic<uint32_t> stop{0};
  std::atomic<pid_t> tid{0};  // of its thread, 0: it has ended
};

// Asks the scheduler to let this thread begin soon when it wakes up, for which
// it takes little time each turn (sched_setattr(2), Linux 6.12). If it waited
// until another thread gives way, it would see threads that have just begun to
// wait more often than those that have waited for long.
void AskForShortTurns() {
  struct Attributes {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime;
    uint64_t deadline;
    uint64_t period;
  };
  constexpr uint64_t kTurnNanos = 100 * 1000;  // the least that Linux takes
  Attributes attributes = {};
  attributes.size = sizeof(attributes);
  if (syscall(SYS_sched_getattr, 0, &attributes, sizeof(attributes), 0) != 0 ||
      attributes.policy != SCHED_OTHER) {
    return;
  }
  attributes.runtime = kTurnNanos;
  syscall(SYS_sched_setattr, 0, &attributes, 0);
  prctl(PR_SET_TIMERSLACK, 1);
}

void Sampler::Loop() {
  AskForShortTurns();
  tid.store(CurrentThreadId());
  while (stop.load() == 0) {
    const int64_t pause = pace.NextPause();
    const timespec timeout = {pause / kNanosPerSecond, pause % kNanosPerSecond};
    // Not nanosleep, so that Stop need not wait for the end of the pause.
    syscall(SYS_futex, &stop, FUTEX_WAIT_PRIVATE, 0, &timeout);
    if (stop.load() != 0) break;
    const int64_t cpu_before = OwnCpuNanos();
    Look();
    pace.NoteCost(OwnCpuNanos() - cpu_before);
  }
  tid.store(0);
}

void Sampler::Look() {
  const ProcessLock::Guard guard(&lock);
  const int64_t now = MonotonicNanos();
  threads.LookAtAll(now - last_look);
  last_look = now;
}

// Returns when the thread is gone.
void Sampler::End() {
  const pid_t thread = tid.load();
  stop.store(1);
  syscall(SYS_futex, &stop, FUTEX_WAKE_PRIVATE, 1);
  while (tid.load() != 0) sched_yield();
  while (syscall(SYS_tgkill, getpid(), thread, 0) == 0) sched_yield();
}

class WallCollector : public Collector {
 public:
  Error Start(const CollectorOptions& options, Error* notice) override;
  void Stop() override;
  void Drain(SampleSink* sink) override;
  void ForgetInChild() override;
  const char* Description() const override { return description_; }
  int64_t Period() const override { return sampler_.period_ns; }
  uint64_t Lost() const override { return sampler_.threads.Lost(); }

 private:
  Sampler sampler_;
  bool is_running_ = false;
  char description_[256] = "";
};

Error WallCollector::Start(const CollectorOptions& options, Error*) {
  StackRequest::Prepare();  // whoever is not asked is still seen while it waits
  sampler_.period_ns = kNanosPerSecond / options.rate;
  sampler_.last_look = MonotonicNanos();
  sampler_.pace =
      Pace(sampler_.period_ns, static_cast<uint64_t>(sampler_.last_look));
  sampler_.stop.store(0);
  if (!StartOwnThread(Sampler::Run, &sampler_)) {
    return Error::Format("no thread can be made");
  }
  // Stop has to know which one it is.
  while (sampler_.tid.load() == 0) sched_yield();
  is_running_ = true;
  std::snprintf(description_, sizeof(description_),
                "wall: %" PRId64
                " looks a second at each thread at most, at random distances; "
                "each stands for the time since the one before",
                options.rate);
  return Error();
}

void WallCollector::Stop() {
  if (!is_running_) return;
  is_running_ = false;
  sampler_.End();
  sampler_.Look();
  const ProcessLock::Guard guard(&sampler_.lock);
  const int64_t start = MonotonicNanos();
  while (sampler_.threads.TakeAnswers() &&
         MonotonicNanos() - start < kLastAnswersNanos) {
    sched_yield();
  }
  sampler_.threads.Flush(/*is_last=*/true);
}

void WallCollector::Drain(SampleSink* sink) {
  const ProcessLock::Guard guard(&sampler_.lock);
  sampler_.threads.TakeAnswers();
  sampler_.threads.Flush(/*is_last=*/false);
  sampler_.threads.Drain(sink);
}

// The thread is not in the child. What it may have been changing is made anew.
void WallCollector::ForgetInChild() {
  is_running_ = false;
  new (&sampler_) Sampler;
  SampleBuffer::ForgetAllInChild();
}

}  // namespace

Collector* TheWallCollector() {
  static NeverDestroyed<WallCollector> collector;
  return &*collector;
}

}  // namespace bench_profiler
