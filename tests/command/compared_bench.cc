// A benchmark that costs what the environment says: WORK, of time, and BLOCKS,
// of allocations.
#include <benchmark/benchmark.h>

#include <cstdlib>

namespace {

int FromEnvironment(const char* name, int usual) {
  const char* value = std::getenv(name);
  return value == nullptr ? usual : std::atoi(value);
}

__attribute__((noinline)) void Work(int units) {
  for (int i = 0; i < units * 1000; ++i) __asm__ volatile("# Work");
}

__attribute__((noinline)) void Allocate(int blocks) {
  for (int i = 0; i < blocks; ++i) {
    void* volatile block = std::malloc(64);
    std::free(block);
  }
}

void BM_Compared(benchmark::State& state) {
  const int units = FromEnvironment("WORK", 10);
  const int blocks = FromEnvironment("BLOCKS", 1);
  for (auto _ : state) {
    Work(units);
    Allocate(blocks);
  }
}
BENCHMARK(BM_Compared)->Iterations(200);

}  // namespace

BENCHMARK_MAIN();
