// The functions of cancellation points must not be noexcept: a thread that is
// cancelled while it waits in them unwinds them, and a Wait on the way ends in
// its destructor.
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/syscall.h>

#include "bench_profiler/collectors/locks/observed_locks.h"
#include "bench_profiler/collectors/locks/wait_for.h"

namespace bench_profiler {
namespace {

Locks next = {};  // libc's: a copy, which saves a load in each call

// --- semaphores, threads, barriers ---

// What sem_wait(3) does first: it is a cancellation point even if it need not
// wait.
bool TrySem(sem_t* semaphore) {
  const int saved_errno = errno;
  pthread_testcancel();
  if (sem_trywait(semaphore) == 0) return true;
  errno = saved_errno;
  return false;
}

// These return -1, with an error in errno.
template <class Function>
inline __attribute__((always_inline)) int WaitForSem(Function function) {
  Wait wait(nullptr, __builtin_return_address(0));
  const int result = function();
  if (result != 0 && errno != ETIMEDOUT && errno != EINTR) wait.Cancel();
  return result;
}

int SemWait(sem_t* semaphore) {
  if (TrySem(semaphore)) return 0;
  return WaitForSem([&] { return next.sem_wait(semaphore); });
}

int SemTimedwait(sem_t* semaphore, const timespec* until) {
  if (IsTime(CLOCK_REALTIME, until) && TrySem(semaphore)) return 0;
  return WaitForSem([&] { return next.sem_timedwait(semaphore, until); });
}

int Join(pthread_t thread, void** result) {
  const int error = pthread_tryjoin_np(thread, result);
  if (error != EBUSY) return error;
  return WaitFor(nullptr, [&] { return next.pthread_join(thread, result); });
}

int Timedjoin(pthread_t thread, void** result, const timespec* until) {
  const int error = pthread_tryjoin_np(thread, result);
  if (error != EBUSY) return error;
  return WaitFor(nullptr, [&] {
    return next.pthread_timedjoin_np(thread, result, until);
  });
}

// The last to come does not wait.
int BarrierWait(pthread_barrier_t* barrier) noexcept {
  return WaitFor(nullptr, [&] { return next.pthread_barrier_wait(barrier); });
}

// --- futexes ---

bool IsFutexWait(long operation) {
  switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
    case FUTEX_LOCK_PI:
      return true;
    default:
      return false;
  }
}

__attribute__((noinline)) long FutexWait(long number, long a, long b, long c,
                                         long d, long e, long f) noexcept {
  Wait wait(nullptr, __builtin_return_address(0));
  const long result = next.syscall(number, a, b, c, d, e, f);
  if (result != 0 && errno != ETIMEDOUT && errno != EINTR) wait.Cancel();
  return result;
}

// Ends with a jump: some system calls must not come back to a frame of ours.
long Syscall(long number, long a, long b, long c, long d, long e,
             long f) noexcept {
  if (__builtin_expect(number == SYS_futex, 0) && IsFutexWait(b)) {
    return FutexWait(number, a, b, c, d, e, f);
  }
  return next.syscall(number, a, b, c, d, e, f);
}

#if __GLIBC_PREREQ(2, 30)
int SemClockwait(sem_t* semaphore, clockid_t clock, const timespec* until) {
  if (IsTime(clock, until) && TrySem(semaphore)) return 0;
  return WaitForSem(
      [&] { return next.sem_clockwait(semaphore, clock, until); });
}
#endif

#if __GLIBC_PREREQ(2, 31)
int Clockjoin(pthread_t thread, void** result, clockid_t clock,
              const timespec* until) {
  if (IsTime(clock, until)) {
    const int error = pthread_tryjoin_np(thread, result);
    if (error != EBUSY) return error;
  }
  return WaitFor(nullptr, [&] {
    return next.pthread_clockjoin_np(thread, result, clock, until);
  });
}
#endif

}  // namespace

void ObserveWaits(Locks* locks) {
  next = *ProgramLocks();
  locks->sem_wait = SemWait;
  locks->sem_timedwait = SemTimedwait;
  locks->pthread_join = Join;
  locks->pthread_timedjoin_np = Timedjoin;
  locks->pthread_barrier_wait = BarrierWait;
  locks->syscall = Syscall;
#if __GLIBC_PREREQ(2, 30)
  locks->sem_clockwait = SemClockwait;
#endif
#if __GLIBC_PREREQ(2, 31)
  locks->pthread_clockjoin_np = Clockjoin;
#endif
}

}  // namespace bench_profiler
