// Google Benchmark as far as a hook of it could do harm, for libraries of other
// versions and other kinds than the one that is installed.
#ifndef BENCH_PROFILER_TESTS_INTEGRATION_PROGRAMS_STAND_IN_BENCHMARK_H_
#define BENCH_PROFILER_TESTS_INTEGRATION_PROGRAMS_STAND_IN_BENCHMARK_H_

namespace benchmark {

class State {
 public:
  void StartKeepRunning();
};

namespace internal {

class Benchmark {
 public:
  virtual ~Benchmark() = default;
};

Benchmark* RegisterBenchmarkInternal(Benchmark* benchmark);

}  // namespace internal
}  // namespace benchmark

#endif  // BENCH_PROFILER_TESTS_INTEGRATION_PROGRAMS_STAND_IN_BENCHMARK_H_
