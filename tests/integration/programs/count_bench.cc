// Benchmarks whose instructions are counted. MORE in the environment is how
// many more times the function Dear goes round its loop.
#include <benchmark/benchmark.h>

#include <csignal>
#include <cstdlib>

namespace {

int Rounds() {
  const char* more = std::getenv("MORE");
  return 1000 + (more == nullptr ? 0 : std::atoi(more));
}

// Three instructions in each round, whatever compiles it.
__attribute__((noinline)) void Dear(int rounds) {
  for (int i = 0; i < rounds; ++i) __asm__ volatile("# Dear" : "+r"(i));
}
__attribute__((noinline)) void Cheap() {
  for (int i = 0; i < 100; ++i) __asm__ volatile("# Cheap" : "+r"(i));
}

void BM_Both(benchmark::State& state) {
  const int rounds = Rounds();
  for (int i = 0; i < 3; ++i) Cheap();  // does not count
  for (auto _ : state) {
    Dear(rounds);
    Cheap();
    state.PauseTiming();
    Cheap();  // does not count
    state.ResumeTiming();
  }
}
BENCHMARK(BM_Both);

void BM_Threads(benchmark::State& state) {
  for (auto _ : state) Cheap();
}
BENCHMARK(BM_Threads)->Threads(2)->Iterations(5);

// Ends the program when it runs for the second time, as no warm-up.
void BM_Crash(benchmark::State& state) {
  static int runs = 0;
  for (auto _ : state) {
    if (++runs > 1) std::raise(SIGSEGV);
  }
}
BENCHMARK(BM_Crash);

}  // namespace

BENCHMARK_MAIN();
