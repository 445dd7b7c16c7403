#include "bench_profiler/collectors/cpu/cpu_threads.h"

#include <errno.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include <new>

#include "bench_profiler/platform/own_threads.h"
#include "bench_profiler/platform/readable_memory.h"
#include "bench_profiler/platform/sample_signal.h"
#include "bench_profiler/platform/thread_clock.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/region.h"

namespace bench_profiler {
namespace {

static_assert(SampleBuffer::kMaxDepth >= kMaxFrames);

// A thread with less CPU time than this may stand for others, see debt_ns_. It
// is a tick of the kernel at the lowest CONFIG_HZ, 100.
constexpr int64_t kShortThreadNs = 10 * 1000 * 1000;

// What is known, before the first sample, of a stack that ends at `end`. The
// handler extends it downwards.
StackBounds StackBelow(uintptr_t end) { return {end & ~(kPageSize - 1), end}; }

// The same for the first thread: the kernel has put sixteen random bytes above
// all of its frames (getauxval(3)). If a stack is not known, each page costs a
// system call in each sample.
StackBounds MainStack() { return StackBelow(getauxval(AT_RANDOM)); }

// To find out whether a thread blocks the signal, a file has to be read, so
// this is only done if it matters.
constexpr int kToBeLookedUp = -1;

// If more CPU time than this is missing, at least ten ticks, something has kept
// the signal from the thread.
constexpr int64_t kSurelySampledNs = 10 * kShortThreadNs;

// Returns whether a thread that cannot get a timer is just ending, as may be so
// of one that was found in /proc/self/task. ESRCH says so itself, but
// timer_create(2) has the same EINVAL for many things.
bool HasEnded(pid_t tid, int error) {
  return error == ESRCH || ThreadCpuNanos(tid) < 0;
}

// Holds a pthread mutex with the sampling signal blocked.
class Lock {
 public:
  explicit Lock(pthread_mutex_t* mutex) : mutex_(mutex) {
    pthread_mutex_lock(mutex_);
  }
  ~Lock() { pthread_mutex_unlock(mutex_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  SampleSignalBlock block_;
  pthread_mutex_t* mutex_;
};

}  // namespace

void CpuThreads::Configure(SampleClock clock, int64_t period_ns,
                           int64_t timer_period) {
  clock_ = clock;
  period_ns_ = period_ns;
  timer_period_ = timer_period;
  random_ = static_cast<uint64_t>(ThreadCpuNanos()) << 20 ^
            static_cast<uint64_t>(getpid()) ^ 0x9E3779B97F4A7C15u;
  unsampled_ = {};
}

int64_t CpuThreads::FirstExpiry() {
  // Uniform in (0, period]: a thread of CPU time t then has t / period expiries
  // on average, however short it lives. xorshift64 (Marsaglia 2003).
  random_ ^= random_ << 13;
  random_ ^= random_ >> 7;
  random_ ^= random_ << 17;
  return 1 + static_cast<int64_t>(random_ % static_cast<uint64_t>(period_ns_));
}

CpuThread* CpuThreads::Enroll(pid_t tid) {
  CpuThread* thread = pool_.Take(tid);
  if (thread == nullptr) return nullptr;
  thread->announced = false;
  thread->has_small_stack = false;
  thread->routine = 0;
  thread->stack = tid == getpid() ? MainStack() : StackBounds{};
  thread->start_cpu_ns = ThreadCpuNanos(tid);
  thread->first_ns = FirstExpiry();
  return thread;
}

int CpuThreads::StartTimer(CpuThread* thread) {
  if (thread->timer.running() || thread->has_small_stack) return 0;
  const int error =
      thread->timer.Start(clock_, thread->tid, kSampleSignal, timer_period_,
                          thread->first_ns, thread->cookie);
  if (error == 0 || thread->timer_failed) return error;
  if (HasEnded(thread->tid, error)) {
    pool_.GiveBack(thread);
    return error;
  }
  thread->timer_failed = true;
  unsampled_.timer_error = error;
  ++unsampled_.without_timer;
  return error;
}

void CpuThreads::Dismiss(CpuThread* thread) {
  if (thread->timer.IsClosed()) ++unsampled_.closed;
  thread->timer.Stop();
  pool_.GiveBack(thread);
}

int CpuThreads::EnrollAll() {
  const Lock lock(&mutex_);
  active_.store(true);
  // First gives back the entries of threads whose end was not seen.
  pool_.ForEach([this](CpuThread& thread) {
    if (thread.in_use() && !thread.announced &&
        ThreadCpuNanos(thread.tid) < 0) {
      Dismiss(&thread);
    }
  });
  const auto visit = [](pid_t tid, void* context) {
    auto* threads = static_cast<CpuThreads*>(context);
    if (IsOwnThread(tid) || threads->pool_.Find(tid) != nullptr) return;
    if (CpuThread* thread = threads->Enroll(tid)) threads->StartTimer(thread);
  };
  const pid_t self = CurrentThreadId();
  if (IsOwnThread(self)) {
    if (const int error = TryTimer(self)) return error;
  } else {
    visit(self, this);
    const CpuThread* own = pool_.Find(self);
    if (own == nullptr) return ENOMEM;
    if (own->timer_failed) return unsampled_.timer_error;
  }
  ForEachThread(visit, this);
  return 0;
}

// The signal is blocked in the profiler's own threads, so that it does no harm
// if it comes in between.
int CpuThreads::TryTimer(pid_t tid) const {
  SampleTimer timer;
  const int error = timer.Start(clock_, tid, kSampleSignal, timer_period_,
                                period_ns_, /*cookie=*/nullptr);
  timer.Stop();
  return error;
}

void CpuThreads::EnrollNew() {
  const int count = ThreadCount() - OwnThreadCount();
  if (active_.load() && count != pool_.used()) EnrollAll();
}

void CpuThreads::DismissAll() {
  const bool is_blocking = BlocksSampleSignal(CurrentThreadId());
  const Lock lock(&mutex_);
  const pid_t self = CurrentThreadId();
  active_.store(false);
  pool_.ForEach([&](CpuThread& thread) {
    if (!thread.in_use()) return;
    Leave(&thread, thread.tid == self ? is_blocking : kToBeLookedUp);
    Dismiss(&thread);
  });
  BookDebt();
}

void CpuThreads::OnThreadStart(const NewThread& started) {
  if (!active_.load()) return;
  const Lock lock(&mutex_);
  if (!active_.load()) return;  // DismissAll has been faster
  const pid_t self = CurrentThreadId();
  CpuThread* thread = pool_.Find(self);  // EnrollAll may have been faster
  if (thread == nullptr) thread = Enroll(self);
  if (thread == nullptr) return;
  thread->announced = true;
  thread->routine = started.routine;
  thread->stack = StackBelow(started.stack_end);
  thread->has_small_stack = started.has_small_stack;
  if (started.has_small_stack) {
    ++unsampled_.small_stacks;
    thread->timer.Stop();
  }
  StartTimer(thread);
}

void CpuThreads::OnThreadExit() {
  if (!active_.load()) return;
  const pid_t self = CurrentThreadId();
  const bool is_blocking =
      ThreadCpuNanos() >= kSurelySampledNs && BlocksSampleSignal(self);
  const Lock lock(&mutex_);
  CpuThread* thread = pool_.Find(self);
  if (thread == nullptr) return;
  Leave(thread, is_blocking);
  Dismiss(thread);
}

// The CPU time of those timer periods of the thread for which no sample stands.
int64_t CpuThreads::MissingNanos(const CpuThread& thread,
                                 int64_t cpu_ns) const {
  if (cpu_ns < thread.first_ns) return 0;
  const int64_t expiries = 1 + (cpu_ns - thread.first_ns) / period_ns_;
  return expiries * period_ns_ - thread.sampled_ns;
}

// Books the missing time of a thread that is no longer sampled. `is_blocking`
// says whether it blocks the signal, or kToBeLookedUp.
void CpuThreads::Leave(CpuThread* thread, int is_blocking) {
  const int64_t cpu_ns = ThreadCpuNanos(thread->tid) - thread->start_cpu_ns;
  const int64_t missing_ns = MissingNanos(*thread, cpu_ns);
  if (missing_ns <= 0) return;
  const uint64_t activity = CurrentActivity();
  if (!thread->timer.running() || missing_ns >= kSurelySampledNs) {
    if (is_blocking == kToBeLookedUp) {
      is_blocking = BlocksSampleSignal(thread->tid) ? 1 : 0;
    }
    if (thread->timer.running() && is_blocking != 0) ++unsampled_.blocking;
    Book(activity, missing_ns, kUnsampledThreadAddress, thread->routine);
  } else if (thread->announced) {
    if (debt_activity_.load() != activity) BookDebt();
    debt_activity_.store(activity);
    debt_routine_ = thread->routine;
    debt_ns_.fetch_add(missing_ns);
  }
}

void CpuThreads::BookDebt() {
  const int64_t debt_ns = debt_ns_.exchange(0);
  if (debt_ns == 0) return;
  Book(debt_activity_.load(), debt_ns, kShortThreadsAddress, debt_routine_);
}

void CpuThreads::Book(uint64_t activity, int64_t value, uint64_t what,
                      uintptr_t routine) {
  RawSample* sample = booked_.Reserve();
  if (sample == nullptr) return;
  sample->activity = activity;
  sample->value = value;
  sample->labels = 0;
  sample->depth = routine == 0 ? 1 : 2;
  sample->truncated = false;
  sample->addresses()[0] = what;
  sample->addresses()[1] = routine;
  booked_.Commit(sample);
}

int64_t CpuThreads::TakeDebt(const CpuThread& thread, uint64_t activity) {
  if (!thread.announced || thread.sampled_ns >= kShortThreadNs ||
      debt_activity_.load(std::memory_order_relaxed) != activity) {
    return 0;
  }
  return debt_ns_.exchange(0, std::memory_order_relaxed);
}

uint64_t CpuThreads::Lost() const {
  uint64_t lost = 0;
  pool_.ForEach([&lost](CpuThread& thread) { lost += thread.buffer.lost(); });
  return lost + booked_.lost();
}

}  // namespace bench_profiler
