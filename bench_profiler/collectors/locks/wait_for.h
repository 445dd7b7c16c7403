// What the functions that stand in for libc's have in common.
//
//   int MutexTimedlock(pthread_mutex_t* mutex, const timespec* until) noexcept
//   {
//     if (IsTime(CLOCK_REALTIME, until)) ...   // try first
//     return WaitFor(mutex, [&] { return next.pthread_mutex_timedlock(...); });
//   }
#ifndef BENCH_PROFILER_COLLECTORS_LOCKS_WAIT_FOR_H_
#define BENCH_PROFILER_COLLECTORS_LOCKS_WAIT_FOR_H_

#include <errno.h>
#include <time.h>

#include "bench_profiler/collectors/locks/lock_profiles.h"

namespace bench_profiler {

// Calls `function`, which waits for what is not there at the moment. It returns
// an error, as pthread functions do. Inlined, so that the return address is
// that of the function that the program called.
template <class Function>
inline __attribute__((always_inline)) int WaitFor(
    const void* lock, Function function,
    const void* caller = __builtin_return_address(0)) {
  Wait wait(lock, caller);
  const int error = function();
  const bool has_waited =
      error == 0 || error == EOWNERDEAD || error == ETIMEDOUT;
  if (!has_waited) wait.Cancel();
  return error;
}

// Whether libc takes these for a time. Some functions return EINVAL for others
// even if they need not wait.
inline bool IsTime(clockid_t clock, const timespec* until) {
  constexpr long kNanosPerSecond = 1'000'000'000;
  return (clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC) &&
         until != nullptr && until->tv_nsec >= 0 &&
         until->tv_nsec < kNanosPerSecond;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_LOCKS_WAIT_FOR_H_
