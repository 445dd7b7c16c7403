// What the thread that is about to unlock a mutex can tell from it.
//
//   if (MayHaveWaiters(mutex) && WillUnlock(mutex)) ...
#ifndef BENCH_PROFILER_COLLECTORS_LOCKS_HELD_MUTEX_H_
#define BENCH_PROFILER_COLLECTORS_LOCKS_HELD_MUTEX_H_

#include <pthread.h>

#include "bench_profiler/platform/thread_events.h"

namespace bench_profiler {

// With other threads about, glibc has 1 in this word if nobody waits and 2 if
// somebody may. Mutexes with priority inheritance, and robust ones, have their
// owner's number there.
inline bool MayHaveWaiters(const pthread_mutex_t* mutex) {
  return static_cast<unsigned>(
             __atomic_load_n(&mutex->__data.__lock, __ATOMIC_ACQUIRE)) > 1;
}

// Whether the call will really unlock it: another thread may hold a mutex that
// checks its owner, and a recursive one may have been locked several times.
// Makes a system call for these.
inline bool WillUnlock(const pthread_mutex_t* mutex) {
  constexpr int kKindBits = 3;
  constexpr int kRobustOrInheriting = 16 | 32;
  const int kind = mutex->__data.__kind & kKindBits;
  const bool is_recursive = kind == PTHREAD_MUTEX_RECURSIVE;
  if (!is_recursive && kind != PTHREAD_MUTEX_ERRORCHECK &&
      (mutex->__data.__kind & kRobustOrInheriting) == 0) {
    return true;
  }
  return mutex->__data.__owner == CurrentThreadId() &&
         (!is_recursive || mutex->__data.__count == 1);
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_LOCKS_HELD_MUTEX_H_
