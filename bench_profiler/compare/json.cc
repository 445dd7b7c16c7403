#include "bench_profiler/compare/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "bench_profiler/formats/context_json.h"

namespace bench_profiler {
namespace {

using Json = nlohmann::ordered_json;

// JSON has no NaN and no infinity.
Json Number(double value) {
  return std::isfinite(value) ? Json(value) : Json();
}

Json Text(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

void AddChange(const Change& change, Json* json) {
  (*json)["verdict"] = VerdictName(change.verdict);
  (*json)["change"] = Number(change.change);
  (*json)["interval"] = {Number(change.interval.low),
                         Number(change.interval.high)};
  (*json)["old"] = Number(change.old_value);
  (*json)["new"] = Number(change.new_value);
  (*json)["p_value"] = Number(change.p_value);
}

Json ToJson(const FunctionChange& function) {
  Json json;
  json["name"] = function.name;
  json["full_name"] = function.full_name;
  AddChange(function, &json);
  json["statistic"] = Number(function.statistic);
  json["old_samples"] = Number(function.old_samples);
  json["new_samples"] = Number(function.new_samples);
  json["note"] = Text(function.note);
  return json;
}

void AddMeasure(const MeasureComparison& measure, Json* json) {
  const MeasureRow& row = RowOf(measure.measure);
  (*json)["measure"] = row.name;
  (*json)["unit"] = row.unit;
  AddChange(measure, json);
  (*json)["detectable"] = Number(measure.detectable);
  (*json)["runs_to_decide"] = measure.runs_to_decide;
  (*json)["functions"] = Json::array();
  for (const FunctionChange& function : measure.functions) {
    (*json)["functions"].push_back(ToJson(function));
  }
  (*json)["other"] = ToJson(measure.other);
}

Json ToJson(const BenchmarkComparison& benchmark) {
  // One that is on one side only has nothing to compare, but the same keys.
  MeasureComparison first;
  first.verdict = benchmark.verdict;
  if (!benchmark.measures.empty()) first = benchmark.measures.front();
  Json json;
  json["name"] = benchmark.name;
  AddMeasure(first, &json);
  json["old_processes"] = benchmark.old_processes;
  json["new_processes"] = benchmark.new_processes;
  json["notes"] = benchmark.notes;
  json["measures"] = Json::array();
  for (const MeasureComparison& measure : benchmark.measures) {
    if (measure.measure == Measure::kTime) continue;
    Json other;
    AddMeasure(measure, &other);
    json["measures"].push_back(std::move(other));
  }
  return json;
}

Json ToJson(const SideSummary& side) {
  Json json;
  json["title"] = side.title;
  json["processes"] = side.processes;
  json["context"] = ContextToJson(side.context);
  return json;
}

}  // namespace

std::string ComparisonAsJson(const Comparison& comparison,
                             const ComparisonInputs& /*inputs*/) {
  Json json;
  json["format"] = 1;
  json["old"] = ToJson(comparison.old_side);
  json["new"] = ToJson(comparison.new_side);
  json["machine_drift"] = Number(comparison.machine_drift);
  json["warnings"] = comparison.warnings;
  json["benchmarks"] = Json::array();
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    json["benchmarks"].push_back(ToJson(benchmark));
  }
  // A name that is not UTF-8 is shown with replacement characters.
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace bench_profiler
