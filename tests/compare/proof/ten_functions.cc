// A benchmark of ten functions that cost the same, three times, each time with
// functions of its own. In the new program one function of each costs more, so
// that the benchmarks cost 3, 5 and 10 % more.
#include <benchmark/benchmark.h>

#include <cstdint>

#include "tests/compare/proof/planted.h"

namespace {

// Of each of the three: how much dearer, and which function does it. The old
// program has percents of 0.
constexpr int kPercents[] = {PERCENTS};
constexpr int kCulprits[] = {CULPRITS};

constexpr int Rounds(int benchmark, int function) {
  constexpr int kRounds = 1000;
  // One function of ten: +30 % of it are +3 % of all.
  return function == kCulprits[benchmark]
             ? kRounds + kRounds * 10 * kPercents[benchmark] / 100
             : kRounds;
}

// Marsaglia, "Xorshift RNGs": each step waits for the one before it, so that
// all functions cost the same, whatever the processor does at the same time.
#define MIX(number, a, b, c)                               \
  template <int kBenchmark>                                \
  [[gnu::noinline]] uint64_t Mix##number(uint64_t x) {     \
    for (int i = 0; i < Rounds(kBenchmark, number); ++i) { \
      x ^= x << (a);                                       \
      x ^= x >> (b);                                       \
      x ^= x << (c);                                       \
    }                                                      \
    return x;                                              \
  }
MIX(0, 13, 7, 17)
MIX(1, 7, 9, 8)
MIX(2, 21, 35, 4)
MIX(3, 20, 41, 5)
MIX(4, 17, 31, 8)
MIX(5, 29, 18, 13)
MIX(6, 23, 17, 26)
MIX(7, 11, 31, 18)
MIX(8, 12, 25, 27)
MIX(9, 10, 13, 10)
#undef MIX

template <int kBenchmark>
void TenFunctions(benchmark::State& state) {
  uint64_t x = 88172645463325252u;
  for (auto _ : state) {
    x = Mix0<kBenchmark>(x);
    x = Mix1<kBenchmark>(x);
    x = Mix2<kBenchmark>(x);
    x = Mix3<kBenchmark>(x);
    x = Mix4<kBenchmark>(x);
    x = Mix5<kBenchmark>(x);
    x = Mix6<kBenchmark>(x);
    x = Mix7<kBenchmark>(x);
    x = Mix8<kBenchmark>(x);
    x = Mix9<kBenchmark>(x);
  }
  benchmark::DoNotOptimize(x);
}
BENCHMARK(TenFunctions<0>)->Name("TenFunctions/0")->Apply(IterationsOf<0>);
BENCHMARK(TenFunctions<1>)->Name("TenFunctions/1")->Apply(IterationsOf<1>);
BENCHMARK(TenFunctions<2>)->Name("TenFunctions/2")->Apply(IterationsOf<2>);

}  // namespace
