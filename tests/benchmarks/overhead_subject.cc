// The benchmark whose slow-down is measured: fixed work, CPU-bound, 30 frames
// deep. Knows only Google Benchmark.
#include <benchmark/benchmark.h>

#include <cstdint>

namespace {

// Noinline and not a tail call: each level is a frame.
__attribute__((noinline)) uint64_t Level(int depth, uint64_t seed) {
  if (depth > 0) return Level(depth - 1, seed) + 1;
  uint64_t state = seed;
  for (int i = 0; i < 20000; ++i) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
  }
  return state;
}

void BM_Depth30(benchmark::State& state) {
  uint64_t seed = 88172645463325252u;
  for (auto _ : state) benchmark::DoNotOptimize(seed = Level(30, seed));
}
// The same amount of work in each run, so that runs can be compared.
BENCHMARK(BM_Depth30)->Iterations(20000);

}  // namespace

BENCHMARK_MAIN();
