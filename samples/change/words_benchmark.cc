// One source, two programs: `before` a change, and `after` it, which has
// CHANGED.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace words {
namespace {

std::vector<std::string> MakeWords(size_t count) {
  std::vector<std::string> words;
  uint32_t random = 1;
  for (size_t i = 0; i < count; ++i) {
    std::string word;
    for (size_t length = 4 + i % 8; length > 0; --length) {
      random = random * 1664525 + 1013904223;
      word += static_cast<char>('a' + (random >> 24) % 26);
    }
    words.push_back(word);
  }
  return words;
}

// Not inlined, here and below, as functions that are a bit larger would be.
__attribute__((noinline)) uint32_t Hash(const std::string& word) {
  uint32_t hash = 2166136261;
  for (const char c : word) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619;
#ifdef CHANGED
    // So that fewer words share a place in the table.
    hash = (hash ^ hash >> 15) * 0x85ebca6b;
#endif
  }
  return hash;
}

class Counts {
 public:
  __attribute__((noinline)) void Add(const std::string& word, uint32_t hash) {
    size_t at = hash % kPlaces;
    while (!words_[at].empty() && words_[at] != word) at = (at + 1) % kPlaces;
    words_[at] = word;
    ++counts_[at];
  }

  int most() const { return *std::max_element(counts_.begin(), counts_.end()); }

 private:
  static constexpr size_t kPlaces = 4096;
  std::vector<std::string> words_ = std::vector<std::string>(kPlaces);
  std::vector<int> counts_ = std::vector<int>(kPlaces);
};

void BM_CountWords(benchmark::State& state) {
  const std::vector<std::string> words = MakeWords(2000);
  for (auto _ : state) {
    Counts counts;
    for (int i = 0; i < 4; ++i) {
      for (const std::string& word : words) counts.Add(word, Hash(word));
    }
    benchmark::DoNotOptimize(counts.most());
  }
}
BENCHMARK(BM_CountWords);

void BM_SortWords(benchmark::State& state) {
  const std::vector<std::string> words = MakeWords(2000);
  for (auto _ : state) {
    std::vector<std::string> sorted = words;
    std::sort(sorted.begin(), sorted.end());
    benchmark::DoNotOptimize(sorted.data());
  }
}
BENCHMARK(BM_SortWords);

}  // namespace
}  // namespace words

BENCHMARK_MAIN();
