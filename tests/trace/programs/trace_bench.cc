// Benchmarks whose trace is known beforehand. Knows only Google Benchmark.
#include <benchmark/benchmark.h>
#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "bench_profiler/pprof.h"
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

// The worker waits for about 50 ms, until the benchmark's thread unlocks.
void BM_Contended(benchmark::State& state) {
  for (auto _ : state) {
    std::mutex mutex;
    std::unique_lock<std::mutex> lock(mutex);
    std::atomic<bool> is_there{false};
    std::thread worker([&] {
      pthread_setname_np(pthread_self(), "the_waiter");
      is_there.store(true);
      const std::lock_guard<std::mutex> guard(mutex);
    });
    while (!is_there.load()) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    lock.unlock();
    worker.join();
  }
}
BENCHMARK(BM_Contended)->Iterations(1);

// A trace of its own, if TRACE_ITSELF says to where.
void BM_TracesItself(benchmark::State& state) {
  const char* path = std::getenv("TRACE_ITSELF");
  for (auto _ : state) {
    if (path == nullptr) continue;
    if (bench_profiler::pprof::StartTrace(path)) std::_Exit(30);
    SpinFor(0.05);
    if (bench_profiler::pprof::StopTrace()) std::_Exit(31);
  }
}
BENCHMARK(BM_TracesItself)->Iterations(1);

// Keeps 64 MiB for a while.
void BM_Allocates(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<std::unique_ptr<char[]>> blocks;
    for (int i = 0; i < 1024; ++i) {
      blocks.push_back(std::make_unique<char[]>(64 * 1024));
    }
    SpinFor(0.1);
  }
}
BENCHMARK(BM_Allocates)->Iterations(1);

void BM_End(benchmark::State& state) {
  for (auto _ : state) {
    SpinFor(0.05);
    if (std::getenv("END_BY_SIGTERM") != nullptr) raise(SIGTERM);
  }
}
BENCHMARK(BM_End)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
