// Two kinds of work of about 3 ms each, which no optimiser may merge.
#ifndef BENCH_PROFILER_TESTS_INTEGRATION_MATRIX_WORK_H_
#define BENCH_PROFILER_TESTS_INTEGRATION_MATRIX_WORK_H_

#include <ctime>

static volatile unsigned work_sink = 0;

static void Burn() {
  const std::clock_t end = std::clock() + 3 * CLOCKS_PER_SEC / 1000;
  while (std::clock() < end) {
    for (unsigned i = 0; i < 1000; ++i) work_sink = work_sink * i;
  }
}
__attribute__((noinline)) static void TimedWork() {
  Burn();
  work_sink = 1;
}
__attribute__((noinline)) static void PausedWork() {
  Burn();
  work_sink = 2;
}

#endif  // BENCH_PROFILER_TESTS_INTEGRATION_MATRIX_WORK_H_
