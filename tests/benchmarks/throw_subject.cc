// What a throw through 30 frames costs: a profiler that brings another unwinder
// into the program makes it many times slower.
#include <benchmark/benchmark.h>

namespace {

__attribute__((noinline)) void ThrowFrom(int depth) {
  if (depth == 0) throw depth;
  ThrowFrom(depth - 1);
  asm volatile("");  // no tail call
}

void BM_Depth30Throw(benchmark::State& state) {
  for (auto _ : state) {
    try {
      ThrowFrom(30);
    } catch (int) {
    }
  }
}
BENCHMARK(BM_Depth30Throw);

}  // namespace

BENCHMARK_MAIN();
