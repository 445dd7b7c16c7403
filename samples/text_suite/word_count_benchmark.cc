#include <benchmark/benchmark.h>

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text.h"

namespace text_suite {
namespace {

// Counts that all threads add to, behind one lock.
class WordCounts {
 public:
  void Add(std::string_view text) {
    std::unordered_map<std::string_view, int> counts;
    for (const std::string_view word : SplitWords(text)) ++counts[word];
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& [word, count] : counts) {
      totals_[std::string(word)] += count;
    }
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, int> totals_;
};

void BM_CountWords(benchmark::State& state) {
  static WordCounts& counts = *new WordCounts;
  static std::atomic<uint32_t> seed{0};  // other words in each thread
  const std::string text = Join(MakeWords(20000, seed++));
  for (auto _ : state) {
    counts.Add(text);
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(text.size()));
}
BENCHMARK(BM_CountWords)->Threads(1)->Threads(2)->UseRealTime();

}  // namespace
}  // namespace text_suite

BENCHMARK_MAIN();
