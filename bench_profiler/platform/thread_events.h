// Tells when threads start and end, and which ones exist.
//
//   class Observer : public ThreadObserver { ... };
//   AddThreadObserver(&observer);   // from now on, in each new thread
//   ForEachThread([](pid_t tid) { ... });   // those that exist already
//
// The events come from our own pthread_create (interpose/thread_hooks.cc).
// Threads that are started in another way, by C11's thrd_create or by clone,
// are found by ForEachThread only.
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
  // Called in the thread that is about to create another one.
  virtual void OnThreadCreate() {}

  // Called in the new thread, before its function.
  virtual void OnThreadStart(const NewThread& thread) = 0;

  // Called in the thread after its function has returned, and at pthread_exit
  // and cancellation. Only for threads for which OnThreadStart was called.
  virtual void OnThreadExit() = 0;

 protected:
  ~ThreadObserver() = default;
};

constexpr size_t kMaxThreadObservers = 5;

// Adds an observer, if it is not there yet, or removes it. If there are more
// than kMaxThreadObservers, the others are told of nothing. A removed observer
// may still be told of threads that are just starting, and of the ends of
// threads whose start it was told of. So observers must live for ever. Thread-
// and async-signal-safe.
void AddThreadObserver(ThreadObserver* observer);
void RemoveThreadObserver(ThreadObserver* observer);

// Does what pthread_create(3) does, by calling libc's, `create`. If there are
// neither observers nor labels, it only passes the call on.
using CreateThreadFunction = int(pthread_t*, const pthread_attr_t*,
                                 void* (*)(void*), void*);
int CreateObservedThread(CreateThreadFunction* create, pthread_t* thread,
                         const pthread_attr_t* attributes,
                         void* (*routine)(void*), void* argument);

// From now on, new threads for which the program asks for a small stack get a
// larger one. The program has counted its own needs only, and further room is
// needed for the kernel's frame of a signal (3 to 11 KiB on x86-64), its
// handler, and the walk of an allocation's stack. A stack whose memory the
// program provides stays as it is.
void ExtendSmallStacks();

// Whether the stack of thread `tid` is known to be too small for a signal
// handler, since the program gave it so. Async-signal-safe.
bool HasSmallStack(pid_t tid);

// Calls `visit` with each thread in /proc/self/task. Returns false if that
// cannot be read. Uses no malloc and no locks.
bool ForEachThread(void (*visit)(pid_t tid, void* context), void* context);

// The number of threads of this process; 0 if unknown. One system call.
int ThreadCount();

pid_t CurrentThreadId();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_THREAD_EVENTS_H_
