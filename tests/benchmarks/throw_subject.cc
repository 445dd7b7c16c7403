// What a throw through 30 frames costs: a profiler that brings another unwinder
// into the program makes it many times slower.
#include <benchmark/benchmark.h>

#include <utility>

namespace {

// The unwinder searches the table of a program's functions for each frame: of a
// program with ten functions, a hundred more of anybody's make a throw 5 %
// slower. So this one has as many as real ones.
template <int kNumber>
__attribute__((noinline)) int Function() {
  asm volatile("" : : "i"(kNumber));
  return kNumber;
}
template <int... kNumbers>
int CallAll(std::integer_sequence<int, kNumbers...>) {
  const int results[] = {Function<kNumbers>()...};
  return results[0];
}
const int called = CallAll(std::make_integer_sequence<int, 2000>());

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
