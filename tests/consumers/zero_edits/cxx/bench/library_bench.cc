#include <benchmark/benchmark.h>

#include "support.h"

static_assert(__cplusplus / 100 % 100 == THEIRS_STANDARD,
              "compiled as another standard");

namespace {

void BM_Library(benchmark::State& state) {
  int count = 10000;
  for (auto _ : state) {
    benchmark::DoNotOptimize(count);
    benchmark::DoNotOptimize(HotFunction(count));
  }
}
BENCHMARK(BM_Library);

}  // namespace

BENCHMARK_MAIN();
