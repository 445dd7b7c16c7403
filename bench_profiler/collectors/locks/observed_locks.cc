#include "bench_profiler/collectors/locks/observed_locks.h"

#include <errno.h>
#include <pthread.h>

#include "bench_profiler/collectors/locks/lock_profiles.h"
#include "bench_profiler/collectors/locks/lock_words.h"
#include "bench_profiler/collectors/locks/wait_for.h"

namespace bench_profiler {
namespace {

Locks next = {};  // libc's: a copy, which saves a load in each call

// Where each unlock looks for waiters.
WaiterTable* waiters = nullptr;

// --- mutexes ---

// A lock that nobody holds at the moment, and that nobody ever waited for, is
// left to libc without more ado. Another thread may take it in the nanoseconds
// until libc does: then a wait is not seen. The first one that is seen ends
// that: from then on the lock is tried first, and no wait is missed.
bool IsQuiet(const void* lock) { return !waiters->WasWaitedFor(lock); }

bool IsToBeCharged(const pthread_mutex_t* mutex) {
  return MayHaveWaiters(mutex) && waiters->MayHave(mutex) && WillUnlock(mutex);
}

// Split, so that the part for most calls needs no stack and ends with a jump.
__attribute__((noinline)) int TryMutexLock(pthread_mutex_t* mutex,
                                           const void* caller) noexcept {
  const int error = pthread_mutex_trylock(mutex);
  if (error != EBUSY) return error;
  return WaitFor(
      mutex, [&] { return next.pthread_mutex_lock(mutex); }, caller);
}

int MutexLock(pthread_mutex_t* mutex) noexcept {
  if (__builtin_expect(IsFree(mutex) && IsQuiet(mutex), 1)) {
    return next.pthread_mutex_lock(mutex);
  }
  return TryMutexLock(mutex, __builtin_return_address(0));
}

int MutexTimedlock(pthread_mutex_t* mutex, const timespec* until) noexcept {
  const int error = pthread_mutex_trylock(mutex);
  if (error != EBUSY) return error;
  return WaitFor(mutex,
                 [&] { return next.pthread_mutex_timedlock(mutex, until); });
}

__attribute__((noinline)) int SlowMutexUnlock(pthread_mutex_t* mutex,
                                              const void* caller) noexcept {
  if (!IsToBeCharged(mutex)) return next.pthread_mutex_unlock(mutex);
  const Charge charge(mutex);
  const int error = next.pthread_mutex_unlock(mutex);
  charge.Record(caller);
  return error;
}

int MutexUnlock(pthread_mutex_t* mutex) noexcept {
  if (__builtin_expect(MayHaveWaiters(mutex), 0)) {
    return SlowMutexUnlock(mutex, __builtin_return_address(0));
  }
  return next.pthread_mutex_unlock(mutex);
}

// --- read-write locks ---

__attribute__((noinline)) int TryRdlock(pthread_rwlock_t* lock,
                                        const void* caller) noexcept {
  const int error = pthread_rwlock_tryrdlock(lock);
  if (error != EBUSY) return error;
  return WaitFor(
      lock, [&] { return next.pthread_rwlock_rdlock(lock); }, caller);
}

int RwlockRdlock(pthread_rwlock_t* lock) noexcept {
  if (__builtin_expect(IsFreeForReaders(lock) && IsQuiet(lock), 1)) {
    return next.pthread_rwlock_rdlock(lock);
  }
  return TryRdlock(lock, __builtin_return_address(0));
}

__attribute__((noinline)) int TryWrlock(pthread_rwlock_t* lock,
                                        const void* caller) noexcept {
  const int error = pthread_rwlock_trywrlock(lock);
  if (error != EBUSY) return error;
  return WaitFor(
      lock, [&] { return next.pthread_rwlock_wrlock(lock); }, caller);
}

int RwlockWrlock(pthread_rwlock_t* lock) noexcept {
  if (__builtin_expect(IsFreeForWriters(lock) && IsQuiet(lock), 1)) {
    return next.pthread_rwlock_wrlock(lock);
  }
  return TryWrlock(lock, __builtin_return_address(0));
}

int RwlockTimedrdlock(pthread_rwlock_t* lock, const timespec* until) noexcept {
  if (IsTime(CLOCK_REALTIME, until)) {
    const int error = pthread_rwlock_tryrdlock(lock);
    if (error != EBUSY) return error;
  }
  return WaitFor(lock,
                 [&] { return next.pthread_rwlock_timedrdlock(lock, until); });
}

int RwlockTimedwrlock(pthread_rwlock_t* lock, const timespec* until) noexcept {
  if (IsTime(CLOCK_REALTIME, until)) {
    const int error = pthread_rwlock_trywrlock(lock);
    if (error != EBUSY) return error;
  }
  return WaitFor(lock,
                 [&] { return next.pthread_rwlock_timedwrlock(lock, until); });
}

__attribute__((noinline)) int SlowRwlockUnlock(pthread_rwlock_t* lock,
                                               const void* caller) noexcept {
  const Charge charge(lock);
  const int error = next.pthread_rwlock_unlock(lock);
  charge.Record(caller);
  return error;
}

int RwlockUnlock(pthread_rwlock_t* lock) noexcept {
  if (__builtin_expect(waiters->MayHave(lock), 0)) {
    return SlowRwlockUnlock(lock, __builtin_return_address(0));
  }
  return next.pthread_rwlock_unlock(lock);
}

// --- condition variables ---

// The wait unlocks the mutex inside of libc, so that whoever waits for it has
// to be charged before. With the mutex profile only, nothing else is done.
inline __attribute__((always_inline)) void ChargeBeforeWait(
    const pthread_mutex_t* mutex) {
  if (!IsToBeCharged(mutex)) return;
  Charge(mutex).Record(__builtin_return_address(0));
}

int CondWait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  ChargeBeforeWait(mutex);
  return WaitFor(nullptr,
                 [&] { return next.pthread_cond_wait(condition, mutex); });
}

int CondTimedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                  const timespec* until) {
  ChargeBeforeWait(mutex);
  return WaitFor(nullptr, [&] {
    return next.pthread_cond_timedwait(condition, mutex, until);
  });
}

#if __GLIBC_PREREQ(2, 30)
int MutexClocklock(pthread_mutex_t* mutex, clockid_t clock,
                   const timespec* until) noexcept {
  if (IsTime(clock, until)) {
    const int error = pthread_mutex_trylock(mutex);
    if (error != EBUSY) return error;
  }
  return WaitFor(
      mutex, [&] { return next.pthread_mutex_clocklock(mutex, clock, until); });
}

int RwlockClockrdlock(pthread_rwlock_t* lock, clockid_t clock,
                      const timespec* until) noexcept {
  if (IsTime(clock, until)) {
    const int error = pthread_rwlock_tryrdlock(lock);
    if (error != EBUSY) return error;
  }
  return WaitFor(lock, [&] {
    return next.pthread_rwlock_clockrdlock(lock, clock, until);
  });
}

int RwlockClockwrlock(pthread_rwlock_t* lock, clockid_t clock,
                      const timespec* until) noexcept {
  if (IsTime(clock, until)) {
    const int error = pthread_rwlock_trywrlock(lock);
    if (error != EBUSY) return error;
  }
  return WaitFor(lock, [&] {
    return next.pthread_rwlock_clockwrlock(lock, clock, until);
  });
}

int CondClockwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                  clockid_t clock, const timespec* until) {
  ChargeBeforeWait(mutex);
  return WaitFor(nullptr, [&] {
    return next.pthread_cond_clockwait(condition, mutex, clock, until);
  });
}

#endif

}  // namespace

Locks ObservedLocks(bool waits, bool unlocks) {
  next = *ProgramLocks();
  Locks locks = next;
  if (!waits && !unlocks) return locks;
  waiters = &lock_profiles->waiters;
  locks.pthread_mutex_lock = MutexLock;
  locks.pthread_mutex_timedlock = MutexTimedlock;
  locks.pthread_rwlock_rdlock = RwlockRdlock;
  locks.pthread_rwlock_timedrdlock = RwlockTimedrdlock;
  locks.pthread_rwlock_wrlock = RwlockWrlock;
  locks.pthread_rwlock_timedwrlock = RwlockTimedwrlock;
  locks.pthread_cond_wait = CondWait;
  locks.pthread_cond_timedwait = CondTimedwait;
#if __GLIBC_PREREQ(2, 30)
  locks.pthread_mutex_clocklock = MutexClocklock;
  locks.pthread_rwlock_clockrdlock = RwlockClockrdlock;
  locks.pthread_rwlock_clockwrlock = RwlockClockwrlock;
  locks.pthread_cond_clockwait = CondClockwait;
#endif
  if (unlocks) {
    locks.pthread_mutex_unlock = MutexUnlock;
    locks.pthread_rwlock_unlock = RwlockUnlock;
  }
  if (waits) ObserveWaits(&locks);
  return locks;
}

}  // namespace bench_profiler
