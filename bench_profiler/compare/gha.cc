#include "bench_profiler/compare/gha.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "bench_profiler/compare/new_values.h"
#include "bench_profiler/compare/value_text.h"

namespace bench_profiler {
namespace {

using Json = nlohmann::ordered_json;

Json ToJson(const BenchmarkComparison& benchmark, const NewValue& value) {
  const MeasureComparison& measure = *value.measure;
  const char* label = RowOf(measure.measure).label;
  const bool is_time = measure.measure == Measure::kTime;
  Json json;
  // An entry has one value: other measures are entries of their own.
  json["name"] = is_time ? benchmark.name : benchmark.name + " " + label;
  // "ns/iter" is what the action knows how to convert, and what its reader of
  // Google Benchmark's own output writes.
  if (is_time) {
    json["unit"] = "ns/iter";
  } else if (measure.measure == Measure::kDelay) {
    json["unit"] = "ns";
  } else {
    json["unit"] = label;
  }
  json["value"] = value.value;
  const double range = std::max(value.value - value.confidence.low,
                                value.confidence.high - value.value);
  if (std::isfinite(range)) {
    char text[64];
    std::snprintf(text, sizeof(text), "± %.6g", range);
    json["range"] = text;
  }
  json["extra"] =
      ChangeText(measure.change) + ", " +
      VerdictText(measure.measure, measure.verdict) + "; " +
      Counted(static_cast<size_t>(std::max(benchmark.new_processes, 0)),
              "process", "processes");
  return json;
}

}  // namespace

std::string ComparisonAsGha(const Comparison& comparison,
                            const ComparisonInputs& /*inputs*/) {
  Json json = Json::array();
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    for (const NewValue& value : NewValues(benchmark)) {
      json.push_back(ToJson(benchmark, value));
    }
  }
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bench_profiler
