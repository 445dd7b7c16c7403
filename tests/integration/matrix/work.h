// Two kinds of work of 3 ms each on average, which no optimiser may merge.
// Their lengths are random: a fixed rhythm beats with that of the kernel's
// ticks.
#ifndef BENCH_PROFILER_TESTS_INTEGRATION_MATRIX_WORK_H_
#define BENCH_PROFILER_TESTS_INTEGRATION_MATRIX_WORK_H_

#include <ctime>

static volatile unsigned work_sink = 0;

static void Burn() {
  static unsigned random = 12345;
  random = random * 1664525 + 1013904223;
  const std::clock_t end =
      std::clock() + static_cast<std::clock_t>(random >> 16) % 6000 *
                         (CLOCKS_PER_SEC / 1000000);
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

// `count` blocks of 100 bytes, which no optimiser may leave out.
static void Allocate(int count) {
  for (int i = 0; i < count; ++i) {
    char* volatile block = new char[100];
    delete[] block;
  }
}

#endif  // BENCH_PROFILER_TESTS_INTEGRATION_MATRIX_WORK_H_
