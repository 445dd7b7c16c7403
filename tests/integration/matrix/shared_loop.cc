#include <benchmark/benchmark.h>

#include "work.h"

static void BM_InLibrary(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    PausedWork();
    state.ResumeTiming();
    TimedWork();
  }
}
BENCHMARK(BM_InLibrary)->ArgName("n")->Arg(5)->Iterations(60);
