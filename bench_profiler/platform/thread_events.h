// Tells when threads start and end, and which exist.
//
//   class Observer : public ThreadObserver { ... };
//   SetThreadObserver(&observer);   // from now on, in each new thread
//   ForEachThread([](pid_t tid) { ... });   // those that exist already
//
// The events come from pthread_create, which this library interposes
// (thread_events.cc). Threads that start otherwise (C11 thrd_create, clone) are
// found by ForEachThread only.
#ifndef BENCH_PROFILER_PLATFORM_THREAD_EVENTS_H_
#define BENCH_PROFILER_PLATFORM_THREAD_EVENTS_H_

#include <sys/types.h>

#include <cstdint>

namespace bench_profiler {

class ThreadObserver {
 public:
  // In the new thread, before its function. `routine` is that function, and
  // `stack_end` an address above all of its frames. What it returns is handed
  // to OnThreadExit.
  virtual void* OnThreadStart(uintptr_t routine, uintptr_t stack_end) = 0;

  // In the thread, after its function returned, or ended it by pthread_exit or
  // cancellation.
  virtual void OnThreadExit(void* cookie) = 0;

 protected:
  ~ThreadObserver() = default;
};

// One observer, or null. Threads that are starting at this moment may still be
// reported to the one before, so observers live forever.
void SetThreadObserver(ThreadObserver* observer);

// Calls `visit` with each thread of the process, by /proc/self/task. Returns
// false if that cannot be read. No malloc, no locks.
bool ForEachThread(void (*visit)(pid_t tid, void* context), void* context);

// The number of threads of this process; 0 if unknown. One system call.
int ThreadCount();

pid_t CurrentThreadId();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_THREAD_EVENTS_H_
