#include "bench_profiler/compare/bmf.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "bench_profiler/compare/new_values.h"
#include "bench_profiler/formats/utf8.h"

namespace bench_profiler {
namespace {

using Json = nlohmann::json;  // finds names in a tree, not one by one

// What Bencher has a measure of already has its name there: with its unit, and
// the same for all tools.
const char* BencherMeasure(Measure measure) {
  switch (measure) {
    case Measure::kTime:
      return "latency";
    case Measure::kBytes:
      return "allocated";
    default:
      return RowOf(measure).name;
  }
}

// Bencher refuses a whole report for one name that is empty or longer than 1024
// bytes. Names that differ only behind that are rare enough.
std::string BencherName(const std::string& name) {
  constexpr size_t kMaxLength = 1024;
  std::string valid = ValidUtf8(name);
  if (valid.size() > kMaxLength) {
    // At the start of a character: others have the form 10xxxxxx.
    size_t end = kMaxLength;
    while (end > 0 && (static_cast<unsigned char>(valid[end]) & 0xc0) == 0x80) {
      --end;
    }
    valid.resize(end);
  }
  return valid.empty() ? "(no name)" : valid;
}

}  // namespace

std::string ComparisonAsBmf(const Comparison& comparison,
                            const ComparisonInputs& /*inputs*/) {
  Json json = Json::object();
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    Json metrics;
    for (const NewValue& value : NewValues(benchmark)) {
      Json& metric = metrics[BencherMeasure(value.measure->measure)];
      metric["value"] = value.value;
      if (!std::isfinite(value.confidence.low) ||
          !std::isfinite(value.confidence.high)) {
        continue;
      }
      metric["lower_value"] = value.confidence.low;
      metric["upper_value"] = value.confidence.high;
    }
    if (!metrics.empty()) json[BencherName(benchmark.name)] = metrics;
  }
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bench_profiler
