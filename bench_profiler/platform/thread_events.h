// Tells when threads start and end, and which exist.
//
//   class Observer : public ThreadObserver { ... };
//   SetThreadObserver(&observer);   // from now on, in each new thread
//   ForEachThread([](pid_t tid) { ... });   // those that exist already
//
// The events come from pthread_create, which this library takes the place of
// (interpose/thread_hooks.cc). Threads that start otherwise (C11 thrd_create,
// clone) are found by ForEachThread only.
#ifndef BENCH_PROFILER_PLATFORM_THREAD_EVENTS_H_
#define BENCH_PROFILER_PLATFORM_THREAD_EVENTS_H_

#include <pthread.h>
#include <sys/types.h>

#include <cstdint>

namespace bench_profiler {

struct NewThread {
  uintptr_t routine = 0;         // its function
  uintptr_t stack_end = 0;       // an address above all of its frames
  bool has_small_stack = false;  // too small for a signal handler
};

class ThreadObserver {
 public:
  // In the new thread, before its function. What it returns is handed to
  // OnThreadExit.
  virtual void* OnThreadStart(const NewThread& thread) = 0;

  // In the thread, after its function returned, or ended it by pthread_exit or
  // cancellation.
  virtual void OnThreadExit(void* cookie) = 0;

 protected:
  ~ThreadObserver() = default;
};

// One observer, or null. Threads that are starting at this moment may still be
// reported to the one before, so observers live forever.
void SetThreadObserver(ThreadObserver* observer);

// As pthread_create(3), by way of libc's, `create`. Without an observer and
// without labels it only passes the call on.
using CreateThreadFunction = int(pthread_t*, const pthread_attr_t*,
                                 void* (*)(void*), void*);
int CreateObservedThread(CreateThreadFunction* create, pthread_t* thread,
                         const pthread_attr_t* attributes,
                         void* (*routine)(void*), void* argument);

// From now on new threads get a larger stack than the program asks for if that
// is small: it is for the program's own needs, and what comes on top of them,
// the kernel's frame of a signal (3 to 11 KiB on x86-64), its handler and the
// walk of an allocation's stack, must find room, too. A stack in memory of the
// program's own stays as it is.
void ExtendSmallStacks();

// Calls `visit` with each thread of the process, by /proc/self/task. Returns
// false if that cannot be read. No malloc, no locks.
bool ForEachThread(void (*visit)(pid_t tid, void* context), void* context);

// The number of threads of this process; 0 if unknown. One system call.
int ThreadCount();

pid_t CurrentThreadId();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_THREAD_EVENTS_H_
