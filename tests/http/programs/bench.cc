#include <benchmark/benchmark.h>

namespace {

volatile unsigned sink;

__attribute__((noinline)) void BenchmarkWork() {
  for (unsigned i = 0; i < 100000; ++i) sink = sink + i;
}

void BM_Long(benchmark::State& state) {
  for (auto _ : state) BenchmarkWork();
}
BENCHMARK(BM_Long);

}  // namespace
