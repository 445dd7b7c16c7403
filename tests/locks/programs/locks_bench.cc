// Benchmarks with known waits. Knows only Google Benchmark.
#include <benchmark/benchmark.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "holder.h"

namespace {

constexpr int kHeldMs = 5;

std::mutex mutex;

__attribute__((noinline)) void Victim() {
  mutex.lock();
  mutex.unlock();
  asm volatile("");  // no tail call
}

// Ends with a jump to pthread_mutex_unlock.
__attribute__((noinline)) void CulpritUnlock() { mutex.unlock(); }

// A victim waits for a lock that is held for kHeldMs.
void HoldOnce() {
  mutex.lock();
  std::thread victim(Victim);
  SleepWhileOneWaits(&mutex, kHeldMs);
  CulpritUnlock();
  victim.join();
}

void BM_Holds(benchmark::State& state) {
  for (auto _ : state) HoldOnce();
}
BENCHMARK(BM_Holds)->Iterations(10);

void BM_HoldsInPauses(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    HoldOnce();
    state.ResumeTiming();
  }
}
BENCHMARK(BM_HoldsInPauses)->Iterations(10);

void BM_Nothing(benchmark::State& state) {
  for (auto _ : state) benchmark::ClobberMemory();
}
BENCHMARK(BM_Nothing)->Iterations(10);

// Each thread takes its turn to hold the lock while another one waits.
void BM_Threads(benchmark::State& state) {
  static std::atomic<int> left;
  if (state.thread_index() == 0) left = state.threads();
  for (auto _ : state) {
    mutex.lock();
    // The last one has nobody who could wait.
    if (left.fetch_sub(1) > 1) SleepWhileOneWaits(&mutex, kHeldMs);
    CulpritUnlock();
  }
}
BENCHMARK(BM_Threads)->Iterations(1)->Threads(4)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
