// What labels cost: build/dev/tests/benchmarks/labels_benchmark
#include <benchmark/benchmark.h>

#include <string>

#include "bench_profiler/labels.h"

namespace bench_profiler {
namespace {

void ReadyLabels(benchmark::State& state) {
  static const pprof::Labels ready({{"step", "parse"}});
  for (auto _ : state) {
    const pprof::ScopedLabels labels(ready);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(ReadyLabels)->Threads(1)->Threads(2);

void ReadyLabelsInsideOfOthers(benchmark::State& state) {
  static const pprof::Labels ready({{"step", "parse"}});
  const pprof::ScopedLabels outer({{"request", "/book/list"}});
  for (auto _ : state) {
    const pprof::ScopedLabels labels(ready);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(ReadyLabelsInsideOfOthers)->Threads(1)->Threads(2);

void LabelsFromText(benchmark::State& state) {
  const std::string user = "user 17";
  for (auto _ : state) {
    const pprof::ScopedLabels labels(
        {{"request", "/book/list"}, {"user", user}});
    benchmark::ClobberMemory();
  }
}
BENCHMARK(LabelsFromText)->Threads(1)->Threads(2);

void LabelsFromTextInsideOfOthers(benchmark::State& state) {
  const std::string user = "user 17";
  const pprof::ScopedLabels outer({{"request", "/book/list"}});
  for (auto _ : state) {
    const pprof::ScopedLabels labels({{"user", user}});
    benchmark::ClobberMemory();
  }
}
BENCHMARK(LabelsFromTextInsideOfOthers)->Threads(1)->Threads(2);

}  // namespace
}  // namespace bench_profiler
