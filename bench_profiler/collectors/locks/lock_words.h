// What can be told from the words of glibc's locks, without changing them.
//
//   if (IsFree(mutex)) ...                                // before a lock
//   if (MayHaveWaiters(mutex) && WillUnlock(mutex)) ...   // before an unlock
#ifndef BENCH_PROFILER_COLLECTORS_LOCKS_LOCK_WORDS_H_
#define BENCH_PROFILER_COLLECTORS_LOCKS_LOCK_WORDS_H_

#include <pthread.h>

#include "bench_profiler/platform/thread_events.h"

namespace bench_profiler {

inline bool IsFree(const pthread_mutex_t* mutex) {
  return __atomic_load_n(&mutex->__data.__lock, __ATOMIC_RELAXED) == 0;
}

// The lowest bits of this word say that it is the writers' turn (1), that a
// writer has it or comes next (2), and that readers wait for their turn (4);
// those above count readers (glibc, nptl/pthread_rwlock_common.c).
inline bool IsFreeForReaders(const pthread_rwlock_t* lock) {
  return (__atomic_load_n(&lock->__data.__readers, __ATOMIC_RELAXED) & 3) != 3;
}
inline bool IsFreeForWriters(const pthread_rwlock_t* lock) {
  return (__atomic_load_n(&lock->__data.__readers, __ATOMIC_RELAXED) & ~1u) ==
         0;
}

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

#endif  // BENCH_PROFILER_COLLECTORS_LOCKS_LOCK_WORDS_H_
