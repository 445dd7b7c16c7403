// Threads of the profiler's own, which no profile shows.
//
//   StartOwnThread(Run, argument);
//   if (IsOwnThread(tid)) continue;
#ifndef BENCH_PROFILER_PLATFORM_OWN_THREADS_H_
#define BENCH_PROFILER_PLATFORM_OWN_THREADS_H_

#include <sys/types.h>

#include <cstddef>

namespace bench_profiler {

// Of a thread that takes samples.
inline constexpr size_t kSamplingStack = size_t{256} << 10;

// Of a thread that makes a file of them: it reads debug information and
// demangles names, which takes more.
inline constexpr size_t kWritingStack = size_t{2} << 20;

// Starts a detached thread with all signals blocked. It is known as one of ours
// when this returns. Returns whether it could be made: there may be 64 of them.
bool StartOwnThread(void (*run)(void*), void* argument,
                    size_t stack_size = kSamplingStack);

// Async-signal-safe, as are the others.
bool IsOwnThread(pid_t tid);

// How many there are.
int OwnThreadCount();

// Whether the calling thread is just starting one: then observers are not told.
bool IsStartingOwnThread();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_OWN_THREADS_H_
