// A lock that others wait for, for at least as long as it should be.
//
//   const Waiting waiting(Victim);        // in another thread, for a mutex
//   SleepWhileOneWaits(&mutex, 20);       // ms, since it waits
#ifndef BENCH_PROFILER_TESTS_LOCKS_PROGRAMS_HOLDER_H_
#define BENCH_PROFILER_TESTS_LOCKS_PROGRAMS_HOLDER_H_

#include <pthread.h>

#include <chrono>
#include <mutex>
#include <thread>

inline void SleepFor(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

// For the thread that holds `mutex`. Waits until glibc's word for it says that
// others wait, so that nothing depends on how busy the machine is.
inline void SleepWhileOneWaits(std::mutex* mutex, int milliseconds) {
  const volatile int& word = mutex->native_handle()->__data.__lock;
  while (word != 2) std::this_thread::yield();
  SleepFor(milliseconds);
}

#endif  // BENCH_PROFILER_TESTS_LOCKS_PROGRAMS_HOLDER_H_
