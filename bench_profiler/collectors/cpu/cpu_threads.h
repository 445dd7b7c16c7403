// The threads that the CPU profile samples: a timer, a buffer and what is known
// of the stack for each.
//
//   CpuThreads threads;
//   threads.Configure(SampleClock::kThread, period_ns);
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
  // While no thread is enrolled.
  void Configure(SampleClock clock, int64_t period_ns);

  // Starts timers for all threads of the process that are new. Returns 0, or
  // the errno for which the calling thread could not get one.
  int EnrollAll();

  // The same, if there are more threads than known ones.
  void EnrollNew();

  // Stops all timers. Signals may still be pending.
  void DismissAll();

  // What a signal's cookie leads to. Async-signal-safe.
  CpuThread* OfCookie(const void* cookie) const {
    return pool_.OfCookie(cookie);
  }

  // Of short threads that ended without a signal, the CPU time that a sample of
  // `thread` has to stand for, in nanoseconds; mostly 0. Async-signal-safe.
  int64_t TakeDebt(const CpuThread& thread, uint64_t activity);

  // Calls `visit` with each RawSample so far. No locks.
  template <class Visitor>
  void Drain(Visitor&& visit) {
    pool_.ForEach([&](CpuThread& thread) { thread.buffer.Drain(visit); });
    booked_.Drain(visit);
  }

  // Samples for which there was no room. No locks.
  uint64_t Lost() const;

  const UnsampledThreads& unsampled() const { return unsampled_; }

  void OnThreadStart(const NewThread& started) override;
  void OnThreadExit() override;

 private:
  // All below with mutex_ held.
  CpuThread* Enroll(pid_t tid);
  int StartTimer(CpuThread* thread);
  void Dismiss(CpuThread* thread);
  void Leave(CpuThread* thread, int is_blocking);
  void Book(uint64_t activity, int64_t value, uint64_t what, uintptr_t routine);
  void BookDebt();
  int64_t MissingNanos(const CpuThread& thread, int64_t cpu_ns) const;
  int64_t FirstExpiry();

  // A leaf lock: nothing is called under it that may take another one, since a
  // thread can start inside dlopen, with the loader's lock held.
  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  std::atomic<bool> active_{false};
  CpuThreadPool pool_;
  SampleClock clock_ = SampleClock::kThread;
  int64_t period_ns_ = 0;
  uint64_t random_ = 0;
  UnsampledThreads unsampled_;
  SampleBuffer booked_;  // samples of threads that were never interrupted

  // CPU time of short threads that no signal has told of: a thread that ends
  // between two ticks of the kernel is never interrupted, and each thread ends
  // on average half a tick after its last interrupt. The next short thread of
  // the same activity that is interrupted stands for it, as one in a sample
  // stands for those that were not drawn. What is left when the activity ends
  // goes to the one frame that is known, the thread's function.
  std::atomic<int64_t> debt_ns_{0};
  std::atomic<uint64_t> debt_activity_{0};
  uintptr_t debt_routine_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_CPU_CPU_THREADS_H_
