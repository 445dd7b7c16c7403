// What the recipes of samples/ci compare: a benchmark whose work a file beside
// it tells, so that a change of the sources needs no compiler.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstddef>
#include <fstream>
#include <string>

namespace {

// Not inlined, so that profiles have their names.
__attribute__((noinline)) unsigned Steady(unsigned value) {
  for (int i = 0; i < 2000; ++i) value = value * 1664525 + 1013904223;
  return value;
}

__attribute__((noinline)) unsigned Changed(unsigned value, int work) {
  for (int i = 0; i < work; ++i) value = value * 1664525 + 1013904223;
  return value;
}

int Work() {
  char path[4096];
  const ssize_t size = readlink("/proc/self/exe", path, sizeof(path));
  const std::string program(path, size > 0 ? static_cast<size_t>(size) : 0);
  int work = 0;
  std::ifstream(program.substr(0, program.rfind('/')) + "/work") >> work;
  return work;
}

void BM_Subject(benchmark::State& state) {
  const int work = Work();
  unsigned value = 1;
  for (auto _ : state) {
    value = Changed(Steady(value), work);
    benchmark::DoNotOptimize(value);
  }
}
BENCHMARK(BM_Subject)->MinTime(0.02);

}  // namespace

BENCHMARK_MAIN();
