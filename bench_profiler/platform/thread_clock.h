// How much CPU time a thread has used.
//
//   const int64_t before = ThreadCpuNanos(tid);
//   ...
//   if (ThreadCpuNanos(tid) == before) ...   // it has not run in between
#ifndef BENCH_PROFILER_PLATFORM_THREAD_CLOCK_H_
#define BENCH_PROFILER_PLATFORM_THREAD_CLOCK_H_

#include <sys/types.h>
#include <time.h>

#include <cstdint>

namespace bench_profiler {

// The id of the CPU clock of thread `tid` of this process.
clockid_t ThreadClock(pid_t tid);

// The CPU time that thread `tid` of this process has used, in nanoseconds, or
// -1 if there is no such thread. Async-signal-safe.
int64_t ThreadCpuNanos(pid_t tid);

// The same for the calling thread. Async-signal-safe.
int64_t ThreadCpuNanos();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_THREAD_CLOCK_H_
