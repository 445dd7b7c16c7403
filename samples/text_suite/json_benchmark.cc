#include <benchmark/benchmark.h>

#include <string>

#include "json.h"
#include "text.h"

namespace text_suite {
namespace {

// A list of records as a web service would send it.
std::string MakeRecords(size_t count) {
  const std::vector<std::string> words = MakeWords(3 * count, 7);
  std::string json = "[";
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) json += ",\n";
    json += R"({"id": )" + std::to_string(i) + R"(, "name": ")" + words[3 * i] +
            R"(", "score": )" + std::to_string(0.37 * static_cast<double>(i)) +
            R"(, "active": true, "tags": [")" + words[3 * i + 1] + R"(", ")" +
            words[3 * i + 2] + R"("]})";
  }
  return json + "]";
}

void BM_ParseJson(benchmark::State& state) {
  const std::string json = MakeRecords(static_cast<size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(ParseJson(json));
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(json.size()));
}
BENCHMARK(BM_ParseJson)->Arg(100)->Arg(2000);

}  // namespace
}  // namespace text_suite
