#include <benchmark/benchmark.h>

#include "work.h"

static void BM_Own(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    PausedWork();
    Allocate(3);
    state.ResumeTiming();
    TimedWork();
    Allocate(2);
  }
}
BENCHMARK(BM_Own)->ArgName("n")->Arg(3)->Iterations(60);

#ifndef NO_MAIN
BENCHMARK_MAIN();
#endif
