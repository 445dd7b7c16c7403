// The threads that the CPU profile samples. Each has a timer and a buffer.
//
//   CpuThreads threads;
//   threads.Configure(SampleClock::kThread, period_ns, period_ns);
//   AddThreadObserver(&threads);              // those that will start
//   int error = threads.EnrollAll();          // and those that exist
//   ...
//   threads.Drain(visit);
#ifndef BENCH_PROFILER_COLLECTORS_CPU_CPU_THREADS_H_
#define BENCH_PROFILER_COLLECTORS_CPU_CPU_THREADS_H_

#include <pthread.h>
#include <sys/types.h>

#include <atomic>
#include <cstdint>

#include "bench_profiler/collectors/cpu/cpu_thread.h"
#include "bench_profiler/collectors/cpu/sample_timer.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/record/sample_buffer.h"

namespace bench_profiler {

// How many threads could not be sampled, and why.
struct UnsampledThreads {
  uint64_t without_timer = 0;
  int timer_error = 0;        // the errno of the last of them
  uint64_t blocking = 0;      // blocked the signal
  uint64_t small_stacks = 0;  // had no room for a handler
  uint64_t closed = 0;  // from when the program closed their events' files
};

class CpuThreads : public ThreadObserver {
 public:
  // Only while no thread is enrolled.
  // `period_ns` of CPU time are one period; the timer's clock may count
  // something else, and to `timer_period`.
  void Configure(SampleClock clock, int64_t period_ns, int64_t timer_period);

  // Starts timers for all threads of the process that have none. Returns 0, or
  // an errno if the calling thread could not get one.
  int EnrollAll();

  // The same, if the process has more threads than are known here.
  void EnrollNew();

  // Stops all timers. Signals may still be pending.
  void DismissAll();

  // Returns the entry that a signal's cookie stands for. Async-signal-safe.
  CpuThread* OfCookie(const void* cookie) const {
    return pool_.OfCookie(cookie);
  }

  // Returns the CPU time, in nanoseconds, of short threads that ended without a
  // sample, for which the next sample of `thread` has to stand. Mostly 0.
  // Async-signal-safe.
  int64_t TakeDebt(const CpuThread& thread, uint64_t activity);

  // Calls `visit` with each RawSample so far. Takes no locks.
  template <class Visitor>
  void Drain(Visitor&& visit) {
    pool_.ForEach([&](CpuThread& thread) { thread.buffer.Drain(visit); });
    booked_.Drain(visit);
  }

  // How many samples were lost for want of room. Takes no locks.
  uint64_t Lost() const;

  const UnsampledThreads& unsampled() const { return unsampled_; }

  void OnThreadStart(const NewThread& started) override;
  void OnThreadExit() override;

 private:
  // These need mutex_ to be held.
  CpuThread* Enroll(pid_t tid);
  // Returns 0 or an errno. Of a thread that has ended the entry is given back.
  int StartTimer(CpuThread* thread);

  // Whether a thread of the profiler's own, which is not sampled, could get a
  // timer: 0 or an errno.
  int TryTimer(pid_t tid) const;
  void Dismiss(CpuThread* thread);
  void Leave(CpuThread* thread, int is_blocking);
  void Book(uint64_t activity, int64_t value, uint64_t what, uintptr_t routine);
  void BookDebt();
  int64_t MissingNanos(const CpuThread& thread, int64_t cpu_ns) const;
  int64_t FirstExpiry();

  // Nothing is called under this lock that may take another one, since a thread
  // can start inside of dlopen, while the loader's lock is held.
  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  std::atomic<bool> active_{false};
  CpuThreadPool pool_;
  SampleClock clock_ = SampleClock::kThread;
  int64_t period_ns_ = 0;
  int64_t timer_period_ = 1;  // what the clock counts to
  uint64_t random_ = 0;
  UnsampledThreads unsampled_;
  SampleBuffer booked_;  // samples of threads that were never interrupted

  // CPU time of short threads that no signal has told of. A thread that ends
  // between two ticks of the kernel is never interrupted, and every thread ends
  // half a tick, on average, after its last interrupt. The next short thread of
  // the same activity that is interrupted stands for this time, as what is
  // drawn stands for what is not. What is left when the activity ends is booked
  // on the only frame that is known, the thread's function.
  std::atomic<int64_t> debt_ns_{0};
  std::atomic<uint64_t> debt_activity_{0};
  uintptr_t debt_routine_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_CPU_CPU_THREADS_H_
