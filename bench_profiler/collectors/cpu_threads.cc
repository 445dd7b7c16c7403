#include "bench_profiler/collectors/cpu_threads.h"

#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include <new>

#include "bench_profiler/activity.h"
#include "bench_profiler/platform/readable_memory.h"
#include "bench_profiler/platform/sample_signal.h"

namespace bench_profiler {
namespace {

static_assert(SampleBuffer::kMaxDepth >= kMaxFrames);

// A thread with less CPU time than this may stand for others, see debt_ns_: a
// tick at the lowest CONFIG_HZ, 100.
constexpr int64_t kShortThreadNs = 10 * 1000 * 1000;

// Of a stack that ends at `end`, what is known before the first sample: the
// handler grows it down.
StackBounds StackBelow(uintptr_t end) { return {end & ~(kPageSize - 1), end}; }

// The first thread's: the kernel has put sixteen random bytes above all of its
// frames (getauxval(3)). Unknown stacks cost a system call for each page of
// each sample.
StackBounds MainStack() { return StackBelow(getauxval(AT_RANDOM)); }

// Holds a pthread mutex with the sampling signal blocked.
class Lock {
 public:
  Lock(pthread_mutex_t* mutex, int signal) : block_(signal), mutex_(mutex) {
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

void CpuThreads::Configure(SampleClock clock, int signal, int64_t period_ns) {
  clock_ = clock;
  signal_ = signal;
  period_ns_ = period_ns;
  random_ = static_cast<uint64_t>(ThreadCpuNanos()) << 20 ^
            static_cast<uint64_t>(getpid()) ^ 0x9E3779B97F4A7C15u;
  without_timer_ = 0;
  last_failed_ = 0;
}

int64_t CpuThreads::FirstExpiry() {
  // Uniform in (0, period]: a thread of CPU time t then has t / period expiries
  // on average, however short it lives. xorshift64 (Marsaglia 2003).
  random_ ^= random_ << 13;
  random_ ^= random_ >> 7;
  random_ ^= random_ << 17;
  return 1 + static_cast<int64_t>(random_ % static_cast<uint64_t>(period_ns_));
}

CpuThread* CpuThreads::Find(pid_t tid) const {
  for (CpuThread* thread = threads_.load(); thread != nullptr;
       thread = thread->next) {
    if (thread->in_use && thread->tid == tid) return thread;
  }
  return nullptr;
}

CpuThread* CpuThreads::FreeEntry() {
  for (CpuThread* thread = threads_.load(); thread != nullptr;
       thread = thread->next) {
    if (!thread->in_use) return thread;
  }
  void* page = mmap(nullptr, kPageSize, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return nullptr;
  for (size_t i = 0; i < kPageSize / sizeof(CpuThread); ++i) {
    CpuThread* thread = new (static_cast<CpuThread*>(page) + i) CpuThread;
    thread->next = threads_.load();
    threads_.store(thread);
  }
  return threads_.load();
}

CpuThread* CpuThreads::Enroll(pid_t tid) {
  CpuThread* thread = FreeEntry();
  if (thread == nullptr) return nullptr;
  thread->tid = tid;
  thread->announced = false;
  thread->routine = 0;
  thread->stack = tid == getpid() ? MainStack() : StackBounds{};
  thread->sampled_ns = 0;
  thread->start_cpu_ns = ThreadCpuNanos(tid);
  thread->first_ns = FirstExpiry();
  const int error = thread->timer.Start(clock_, tid, signal_, period_ns_,
                                        thread->first_ns, thread);
  if (error != 0) {
    timer_error_ = error;
    if (tid != last_failed_) ++without_timer_;
    last_failed_ = tid;
    return nullptr;
  }
  thread->in_use = true;
  ++enrolled_;
  return thread;
}

void CpuThreads::Dismiss(CpuThread* thread) {
  thread->timer.Stop();
  thread->in_use = false;
  --enrolled_;
}

int CpuThreads::EnrollAll() {
  const Lock lock(&mutex_, signal_);
  active_.store(true);
  // Entries of threads that ended unannounced are given back first.
  for (CpuThread* thread = threads_.load(); thread != nullptr;
       thread = thread->next) {
    if (thread->in_use && !thread->announced &&
        ThreadCpuNanos(thread->tid) < 0) {
      Dismiss(thread);
    }
  }
  const pid_t self = CurrentThreadId();
  if (Find(self) == nullptr && Enroll(self) == nullptr) return timer_error_;
  const auto visit = [](pid_t tid, void* context) {
    auto* threads = static_cast<CpuThreads*>(context);
    if (threads->Find(tid) == nullptr) threads->Enroll(tid);
  };
  ForEachThread(visit, this);
  return 0;
}

void CpuThreads::EnrollNew() {
  if (active_.load() && ThreadCount() != enrolled_) EnrollAll();
}

void CpuThreads::DismissAll() {
  const Lock lock(&mutex_, signal_);
  active_.store(false);
  for (CpuThread* thread = threads_.load(); thread != nullptr;
       thread = thread->next) {
    if (thread->in_use) Dismiss(thread);
  }
  if (threads_.load() != nullptr) BookDebt(threads_.load());
}

void* CpuThreads::OnThreadStart(uintptr_t routine, uintptr_t stack_end) {
  if (!active_.load()) return nullptr;
  const Lock lock(&mutex_, signal_);
  const pid_t self = CurrentThreadId();
  CpuThread* thread = Find(self);  // EnrollAll may have been faster
  if (thread == nullptr) thread = Enroll(self);
  if (thread == nullptr) return nullptr;
  thread->announced = true;
  thread->routine = routine;
  thread->stack = StackBelow(stack_end);
  return thread;
}

void CpuThreads::OnThreadExit(void* cookie) {
  auto* thread = static_cast<CpuThread*>(cookie);
  if (thread == nullptr || !active_.load()) return;
  const Lock lock(&mutex_, signal_);
  if (!thread->in_use) return;  // DismissAll was faster
  const int64_t cpu_ns = ThreadCpuNanos() - thread->start_cpu_ns;
  const int64_t expiries = cpu_ns < thread->first_ns
                               ? 0
                               : 1 + (cpu_ns - thread->first_ns) / period_ns_;
  const int64_t missing_ns = expiries * period_ns_ - thread->sampled_ns;
  if (missing_ns > 0) {
    const uint64_t activity = CurrentActivity();
    if (debt_activity_.load() != activity) BookDebt(thread);
    debt_activity_.store(activity);
    debt_routine_ = thread->routine;
    debt_ns_.fetch_add(missing_ns);
  }
  Dismiss(thread);
}

void CpuThreads::BookDebt(CpuThread* thread) {
  const int64_t debt_ns = debt_ns_.exchange(0);
  if (debt_ns == 0) return;
  RawSample* sample = thread->buffer.Reserve();
  if (sample == nullptr) return;
  sample->activity = debt_activity_.load();
  sample->value = debt_ns;
  sample->depth = 1;
  sample->truncated = 0;
  sample->addresses()[0] = debt_routine_;
  thread->buffer.Commit(sample);
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
  for (CpuThread* thread = threads_.load(); thread != nullptr;
       thread = thread->next) {
    lost += thread->buffer.lost();
  }
  return lost;
}

}  // namespace bench_profiler
