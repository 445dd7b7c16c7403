#include "bench_profiler/platform/thread_clock.h"

namespace bench_profiler {
namespace {

int64_t ClockNanos(clockid_t clock) {
  timespec time;
  if (clock_gettime(clock, &time) != 0) return -1;
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

}  // namespace

// pthread_getcpuclockid(3) makes the id only from a pthread_t. This is
// MAKE_THREAD_CPUCLOCK(tid, CPUCLOCK_SCHED) of the kernel's
// include/linux/posix-timers_types.h.
clockid_t ThreadClock(pid_t tid) {
  constexpr unsigned kPerThreadSched = 6;
  return static_cast<clockid_t>(~static_cast<unsigned>(tid) << 3 |
                                kPerThreadSched);
}

int64_t ThreadCpuNanos(pid_t tid) { return ClockNanos(ThreadClock(tid)); }
int64_t ThreadCpuNanos() { return ClockNanos(CLOCK_THREAD_CPUTIME_ID); }

}  // namespace bench_profiler
