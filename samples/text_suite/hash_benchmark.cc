#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "text.h"

namespace text_suite {
namespace {

// FNV-1a (draft-eastlake-fnv), a byte at a time.
uint64_t Fnv1a(const std::string& text) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  }
  return hash;
}

struct Fnv1aHash {
  size_t operator()(const std::string& text) const { return Fnv1a(text); }
};

template <class Hash>
using Counts = std::unordered_map<std::string, int, Hash>;

template <class Hash>
void BM_HashInsert(benchmark::State& state) {
  const std::vector<std::string> words =
      MakeWords(static_cast<size_t>(state.range(0)), 4);
  for (auto _ : state) {
    Counts<Hash> counts;
    for (const std::string& word : words) ++counts[word];
    benchmark::DoNotOptimize(counts.size());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK_TEMPLATE(BM_HashInsert, std::hash<std::string>)->Arg(20000);
BENCHMARK_TEMPLATE(BM_HashInsert, Fnv1aHash)->Arg(20000);

void BM_HashLookup(benchmark::State& state) {
  const std::vector<std::string> words = MakeWords(20000, 4);
  const std::vector<std::string> wanted = MakeWords(20000, 5);
  Counts<std::hash<std::string>> counts;
  for (const std::string& word : words) ++counts[word];
  for (auto _ : state) {
    size_t found = 0;
    for (const std::string& word : wanted) found += counts.count(word);
    benchmark::DoNotOptimize(found);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(wanted.size()));
}
BENCHMARK(BM_HashLookup);

}  // namespace
}  // namespace text_suite
