// Programs of known CPU use: functions with known shares of a loop, and threads
// with unequal loads. Prints the CPU seconds of main by getrusage.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cstdint>
#include <cstdio>
#include <thread>
#include <vector>

#include "spin.h"

namespace {

#define SHARE(name, mark)                           \
  __attribute__((noinline)) void name(int rounds) { \
    Spin(rounds);                                   \
    spin_sink = mark;                               \
  }
SHARE(Share50, 1)
SHARE(Share25, 2)
SHARE(Share12, 3)
SHARE(Share6a, 4)
SHARE(Share6b, 5)

// 16 units of work in an order that no period of a timer can follow.
void BM_Shares(benchmark::State& state) {
  uint32_t random = 12345;
  for (auto _ : state) {
    for (int i = 0; i < 100; ++i) {
      random = random * 1664525 + 1013904223;
      const int unit = 2000 + static_cast<int>(random >> 22);
      Share50(8 * unit);
      Share25(4 * unit);
      Share12(2 * unit);
      Share6a(unit);
      Share6b(unit);
    }
  }
}
BENCHMARK(BM_Shares)->Iterations(2000);

void BM_Threads(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<std::thread> threads;
    for (int i = 1; i < state.range(0); ++i) {
      threads.emplace_back([i] { SpinFor(2.0 / (1 << i)); });
    }
    SpinFor(2.0);
    for (std::thread& thread : threads) thread.join();
  }
}
BENCHMARK(BM_Threads)->Arg(1)->Arg(2)->Arg(4)->Iterations(1)->UseRealTime();

double CpuOfProcess() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) +
           static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  const double before = CpuOfProcess();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  std::printf("getrusage %.6f\n", CpuOfProcess() - before);
}
