// What the program of bad days does with locks. What is wrong ends it with 20.
#ifndef BENCH_PROFILER_TESTS_LOCKS_PROGRAMS_LOCK_BAD_DAYS_H_
#define BENCH_PROFILER_TESTS_LOCKS_PROGRAMS_LOCK_BAD_DAYS_H_

#include <cstdio>
#include <cstdlib>

inline void Check(bool right, const char* what) {
  if (right) return;
  std::fprintf(stderr, "wrong: %s\n", what);
  std::_Exit(20);
}

// lock_kind_days.cc
void Robust();
void Kinds();
void SharedByProcesses();
void DestroyedByTheWaiter();

// lock_thread_days.cc
void CancelWaits();
void ExitInWait();
void LockInHandler();
void ForkWhileOthersWait();

#endif  // BENCH_PROFILER_TESTS_LOCKS_PROGRAMS_LOCK_BAD_DAYS_H_
