// Benchmarks whose trace is known beforehand. Knows only Google Benchmark.
#include <benchmark/benchmark.h>
#include <pthread.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "tests/integration/programs/spin.h"

namespace {

__attribute__((noinline)) void HotFunction() {
  SpinFor(0.2);
  spin_sink = 1;  // so that the call is no jump
}

void BM_Spin(benchmark::State& state) {
  for (auto _ : state) HotFunction();
}
BENCHMARK(BM_Spin)->Iterations(1)->Repetitions(2)->ReportAggregatesOnly(false);

// A thousand pauses that are too short to be drawn, and a long one.
void BM_Paused(benchmark::State& state) {
  int iterations = 0;
  for (auto _ : state) {
    state.PauseTiming();
    state.ResumeTiming();
    if (++iterations < 1000) continue;
    state.PauseTiming();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    state.ResumeTiming();
  }
}
BENCHMARK(BM_Paused)->Iterations(1000);

void BM_Worker(benchmark::State& state) {
  for (auto _ : state) {
    std::thread worker([] {
      pthread_setname_np(pthread_self(), "the_worker");
      SpinFor(0.1);
    });
    worker.join();
  }
}
BENCHMARK(BM_Worker)->Iterations(1);

void BM_End(benchmark::State& state) {
  for (auto _ : state) {
    SpinFor(0.05);
    if (std::getenv("END_BY_SIGTERM") != nullptr) raise(SIGTERM);
  }
}
BENCHMARK(BM_End)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
