// Work of a known amount under a known name, for programs that are profiled.
#ifndef BENCH_PROFILER_TESTS_INTEGRATION_PROGRAMS_SPIN_H_
#define BENCH_PROFILER_TESTS_INTEGRATION_PROGRAMS_SPIN_H_

#include <ctime>

inline volatile unsigned spin_sink = 0;

// `rounds` of about a nanosecond each.
__attribute__((noinline)) inline void Spin(int rounds) {
  unsigned sum = 0;
  for (int i = 0; i < rounds; ++i) {
    sum += static_cast<unsigned>(i) * sum;
    spin_sink = sum;
  }
}

inline double CpuSeconds(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) * 1e-9;
}

// Spins until the calling thread has used `seconds` more of CPU time.
__attribute__((noinline)) inline void SpinFor(double seconds) {
  const double end = CpuSeconds(CLOCK_THREAD_CPUTIME_ID) + seconds;
  while (CpuSeconds(CLOCK_THREAD_CPUTIME_ID) < end) Spin(10000);
}

#endif  // BENCH_PROFILER_TESTS_INTEGRATION_PROGRAMS_SPIN_H_
