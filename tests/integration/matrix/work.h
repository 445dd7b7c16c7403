// Two kinds of work, which no optimiser may merge.
#ifndef BENCH_PROFILER_TESTS_INTEGRATION_MATRIX_WORK_H_
#define BENCH_PROFILER_TESTS_INTEGRATION_MATRIX_WORK_H_

static volatile unsigned work_sink = 0;

static void Burn() {
  for (unsigned i = 0; i < 200000; ++i) work_sink = work_sink * i;
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
