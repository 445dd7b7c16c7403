#include <benchmark/benchmark.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "text.h"

namespace text_suite {
namespace {

// An inverted index: the numbers, in order, of the documents with a word.
class SearchIndex {
 public:
  void Add(int document, const std::vector<std::string>& words) {
    for (const std::string& word : words) {
      std::vector<int>& documents = documents_of_[word];
      if (documents.empty() || documents.back() != document) {
        documents.push_back(document);
      }
    }
  }

  // The documents with both words.
  std::vector<int> FindBoth(const std::string& a, const std::string& b) const {
    std::vector<int> both;
    const std::vector<int>& with_a = Documents(a);
    const std::vector<int>& with_b = Documents(b);
    std::set_intersection(with_a.begin(), with_a.end(), with_b.begin(),
                          with_b.end(), std::back_inserter(both));
    return both;
  }

 private:
  const std::vector<int>& Documents(const std::string& word) const {
    static const std::vector<int>& none = *new std::vector<int>;
    const auto found = documents_of_.find(word);
    return found == documents_of_.end() ? none : found->second;
  }

  std::map<std::string, std::vector<int>> documents_of_;
};

class SearchFixture : public benchmark::Fixture {
 public:
  void SetUp(benchmark::State& state) override {
    const int documents = static_cast<int>(state.range(0));
    index_ = SearchIndex();
    for (int i = 0; i < documents; ++i) {
      index_.Add(i, MakeWords(100, static_cast<uint32_t>(i)));
    }
    queries_ = MakeWords(200, 6);
  }

 protected:
  SearchIndex index_;
  std::vector<std::string> queries_;
};

BENCHMARK_DEFINE_F(SearchFixture, BM_FindBoth)(benchmark::State& state) {
  for (auto _ : state) {
    size_t found = 0;
    for (size_t i = 0; i + 1 < queries_.size(); ++i) {
      found += index_.FindBoth(queries_[i], queries_[i + 1]).size();
    }
    benchmark::DoNotOptimize(found);
  }
}
BENCHMARK_REGISTER_F(SearchFixture, BM_FindBoth)->Arg(2000);

}  // namespace
}  // namespace text_suite
