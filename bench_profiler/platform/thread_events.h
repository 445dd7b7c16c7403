// Tells when threads start and end, and which exist.
//
//   class Observer : public ThreadObserver { ... };
//   AddThreadObserver(&observer);   // from now on, in each new thread
//   ForEachThread([](pid_t tid) { ... });   // those that exist already
//
// The events come from pthread_create, which this library takes the place of
// (interpose/thread_hooks.cc). Threads that start otherwise (C11 thrd_create,
// clone) are found by ForEachThread only.
#ifndef BENCH_PROFILER_PLATFORM_THREAD_EVENTS_H_
#define BENCH_PROFILER_PLATFORM_THREAD_EVENTS_H_

#include <pthread.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>

namespace bench_profiler {

struct NewThread {
  uintptr_t routine = 0;         // its function
  uintptr_t stack_end = 0;       // an address above all of its frames
  bool has_small_stack = false;  // too small for a signal handler
};

class ThreadObserver {
 public:
  // In the thread that is about to create another.
  virtual void OnThreadCreate() {}

  // In the new thread, before its function.
  virtual void OnThreadStart(const NewThread& thread) = 0;

  // In the thread, after its function returned, or ended it by pthread_exit or
  // cancellation. Only of threads whose start it was told of.
  virtual void OnThreadExit() = 0;

 protected:
  ~ThreadObserver() = default;
};

constexpr size_t kMaxThreadObservers = 4;

// Adds an observer, if it is not there yet, or takes it away. No more than
// kMaxThreadObservers: further ones are told of nothing. Threads that are
// starting at this moment, and the ends of those that started meanwhile, may
// still be reported to one that was taken away, so observers live forever.
// Thread- and async-signal-safe.
void AddThreadObserver(ThreadObserver* observer);
void RemoveThreadObserver(ThreadObserver* observer);

// As pthread_create(3), by way of libc's, `create`. Without observers and
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
