#include "bench_profiler/html/page_json.h"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

namespace bench_profiler {
namespace {

using Json = nlohmann::ordered_json;

// Each text once: names of functions and files are in many places.
class Texts {
 public:
  size_t IndexOf(const std::string& text) {
    const auto [entry, is_new] = index_.emplace(text, texts_.size());
    if (is_new) texts_.push_back(text);
    return entry->second;
  }

  const Json& texts() const { return texts_; }

 private:
  Json texts_ = Json::array({""});
  std::map<std::string, size_t> index_ = {{"", 0}};
};

// With as many digits as a figure is good for.
Json Rounded(double value) {
  if (!std::isfinite(value) || value == 0) return 0;
  const double scale =
      std::pow(10, 5 - std::floor(std::log10(std::fabs(value))));
  return std::isfinite(scale) && scale > 0 ? std::round(value * scale) / scale
                                           : value;
}

Json KnownOrNull(double value) {
  return std::isfinite(value) ? Rounded(value) : Json();
}

void AppendChange(const PageChange& change, Json* row) {
  row->push_back(static_cast<int>(change.verdict));
  for (const double value : {change.old_value, change.new_value, change.change,
                             change.low, change.high}) {
    row->push_back(KnownOrNull(value));
  }
}

void AddTreeChanges(const PageTree& tree, Json* json) {
  (*json)["old"] = tree.old_self;
  Json functions = Json::array();
  for (const PageFunctionChange& change : tree.changes) {
    Json row = {change.frame};
    AppendChange(change, &row);
    if (!change.note.empty()) row.push_back(change.note);
    functions.push_back(std::move(row));
  }
  (*json)["functions"] = std::move(functions);
  (*json)["remark"] = tree.remark;
}

void AddBenchmarkChanges(const PageBenchmark& benchmark, Json* json) {
  (*json)["verdict"] = static_cast<int>(benchmark.verdict);
  Json changes = Json::array();
  for (const auto& change : benchmark.changes) {
    Json row;
    if (change) AppendChange(*change, &row);
    changes.push_back(std::move(row));
  }
  (*json)["changes"] = std::move(changes);
  (*json)["notes"] = benchmark.notes;
}

Json ComparisonJson(const PageComparison& comparison) {
  Json measures = Json::array();
  for (const PageMeasure& measure : comparison.measures) {
    measures.push_back({{"name", measure.name},
                        {"label", measure.label},
                        {"unit", measure.unit}});
  }
  return {{"old", comparison.old_title},
          {"new", comparison.new_title},
          {"measures", std::move(measures)},
          {"warnings", comparison.warnings}};
}

Json TreeJson(const PageTree& tree) {
  Json json;
  if (tree.samples >= 0) json["samples"] = tree.samples;
  json["divisor"] = tree.divisor;
  json["total"] = tree.total;
  Json above = Json::array();
  Json depth = Json::array();
  Json frame = Json::array();
  Json self = Json::array();
  for (const PageTree::Node& node : tree.nodes) {
    if (node.is_above) above.push_back(depth.size());
    depth.push_back(node.depth);
    frame.push_back(uint64_t{node.frame} * 2 + (node.is_inlined ? 1 : 0));
    self.push_back(node.self);
  }
  json["above"] = std::move(above);
  json["depth"] = std::move(depth);
  json["frame"] = std::move(frame);
  json["self"] = std::move(self);
  Json lines = Json::array();
  for (const PageLine& line : tree.lines) {
    lines.push_back({line.frame, line.line, line.value});
  }
  json["lines"] = std::move(lines);
  if (tree.more_seconds > 0) json["more_seconds"] = Rounded(tree.more_seconds);
  if (!tree.old_self.empty()) AddTreeChanges(tree, &json);
  return json;
}

Json NumbersJson(const std::map<std::string, double>& numbers) {
  Json json = Json::object();
  for (const auto& [name, value] : numbers) json[name] = Rounded(value);
  return json;
}

Json BenchmarkJson(const PageBenchmark& benchmark) {
  Json json;
  json["name"] = benchmark.name;
  json["label"] = benchmark.label;
  json["iterations"] = benchmark.iterations;
  json["repetitions"] = benchmark.repetitions;
  json["threads"] = benchmark.threads;
  json["complete"] = benchmark.is_complete;
  json["columns"] = NumbersJson(benchmark.columns);
  if (benchmark.is_estimated) json["estimated"] = true;
  json["spread"] = NumbersJson(benchmark.spread);
  json["profiles"] = Json::array();
  for (const auto& tree : benchmark.profiles) {
    json["profiles"].push_back(tree ? TreeJson(*tree) : Json());
  }
  if (!benchmark.changes.empty()) AddBenchmarkChanges(benchmark, &json);
  return json;
}

Json KindsJson(const PageData& data) {
  Json json = Json::array();
  for (const PageKind& kind : data.kinds) {
    json.push_back({{"name", kind.name},
                    {"title", kind.title},
                    {"type", kind.type},
                    {"unit", kind.unit},
                    {"noun", "samples"}});
  }
  return json;
}

Json FamiliesJson(const PageData& data) {
  Json json = Json::array();
  for (const PageFamily& family : data.families) {
    json.push_back({{"name", family.name},
                    {"benchmarks", family.benchmarks},
                    {"arguments", family.arguments}});
  }
  return json;
}

}  // namespace

std::string PageJson(const PageData& data) {
  Texts texts;
  Json json;
  json["format"] = 1;
  json["title"] = data.title;
  json["mode"] = data.mode == PageMode::kSuite ? "suite" : "single";
  json["generated"] = data.generated;
  json["context"] = Json::array();
  for (const auto& [name, value] : data.context) {
    json["context"].push_back({name, value});
  }
  json["min_samples"] = data.min_samples;
  json["kinds"] = KindsJson(data);
  Json frames = Json::array();
  for (const PageFrame& frame : data.frames) {
    frames.push_back({texts.IndexOf(frame.name), texts.IndexOf(frame.full_name),
                      texts.IndexOf(frame.file), frame.line,
                      static_cast<int>(frame.group)});
  }
  json["frames"] = std::move(frames);
  json["families"] = FamiliesJson(data);
  if (data.comparison) json["comparison"] = ComparisonJson(*data.comparison);
  json["benchmarks"] = Json::array();
  for (const PageBenchmark& benchmark : data.benchmarks) {
    json["benchmarks"].push_back(BenchmarkJson(benchmark));
  }
  Json sources = Json::object();
  for (const auto& [file, runs] : data.sources) {
    Json& of_file = sources[std::to_string(texts.IndexOf(file))];
    for (const auto& [first, lines] : runs) {
      of_file[std::to_string(first)] = lines;
    }
  }
  json["sources"] = std::move(sources);
  json["strings"] = texts.texts();
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace bench_profiler
