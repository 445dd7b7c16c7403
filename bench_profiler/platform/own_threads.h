// Threads of the profiler's own, which no profile shows.
//
//   StartOwnThread(Run, argument);
//   if (IsOwnThread(tid)) continue;
#ifndef BENCH_PROFILER_PLATFORM_OWN_THREADS_H_
#define BENCH_PROFILER_PLATFORM_OWN_THREADS_H_

#include <sys/types.h>

namespace bench_profiler {

// Starts a detached thread with all signals blocked and 256 KiB of stack. It is
// known as one of ours when this returns. Returns whether it could be made.
bool StartOwnThread(void (*run)(void*), void* argument);

// Async-signal-safe, as are the others.
bool IsOwnThread(pid_t tid);

// How many there are.
int OwnThreadCount();

// Whether the calling thread is just starting one: then observers are not told.
bool IsStartingOwnThread();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_OWN_THREADS_H_
