#include <benchmark/benchmark.h>

#include "work.h"

static void BM_InLibrary(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    PausedWork();
    Allocate(3);
    state.ResumeTiming();
    TimedWork();
    Allocate(2);
  }
}
BENCHMARK(BM_InLibrary)->ArgName("n")->Arg(5)->Iterations(60);
