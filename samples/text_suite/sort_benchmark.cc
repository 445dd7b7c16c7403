#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "text.h"

namespace text_suite {
namespace {

std::vector<int> RandomInts(size_t count) {
  std::mt19937 random(1);
  std::vector<int> values(count);
  for (int& value : values) value = static_cast<int>(random());
  return values;
}

void BM_SortInts(benchmark::State& state) {
  const std::vector<int> values =
      RandomInts(static_cast<size_t>(state.range(0)));
  for (auto _ : state) {
    std::vector<int> copy = values;
    std::sort(copy.begin(), copy.end());
    benchmark::DoNotOptimize(copy.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_SortInts)->RangeMultiplier(16)->Range(256, 65536);

void BM_StableSortWords(benchmark::State& state) {
  const std::vector<std::string> words =
      MakeWords(static_cast<size_t>(state.range(0)), 2);
  for (auto _ : state) {
    std::vector<std::string> copy = words;
    std::stable_sort(copy.begin(), copy.end());
    benchmark::DoNotOptimize(copy.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_StableSortWords)->Arg(10000);

// The shuffle is not timed: it is in cpu.prof, as "paused", and not in the
// benchmark's own profile.
void BM_SortShuffled(benchmark::State& state) {
  std::vector<int> values = RandomInts(static_cast<size_t>(state.range(0)));
  std::mt19937 random(3);
  for (auto _ : state) {
    state.PauseTiming();
    std::shuffle(values.begin(), values.end(), random);
    state.ResumeTiming();
    std::sort(values.begin(), values.end());
  }
}
BENCHMARK(BM_SortShuffled)->Arg(100000);

}  // namespace
}  // namespace text_suite
