// What any user has: a benchmark that has never heard of a profiler.
#include <benchmark/benchmark.h>

namespace {

__attribute__((noinline)) double HotFunction(int count) {
  double sum = 0;
  for (int i = 1; i <= count; ++i) sum += 1.0 / i;
  return sum;
}

void BM_Consumer(benchmark::State& state) {
  int count = 10000;
  for (auto _ : state) {
    benchmark::DoNotOptimize(count);
    benchmark::DoNotOptimize(HotFunction(count));
  }
}
BENCHMARK(BM_Consumer);

}  // namespace

BENCHMARK_MAIN();
