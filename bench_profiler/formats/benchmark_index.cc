#include "bench_profiler/formats/benchmark_index.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bench_profiler/formats/context_json.h"

namespace bench_profiler {
namespace {

using Json = nlohmann::ordered_json;

template <class Number>
Json KnownOrNull(Number value) {
  return value < 0 ? Json() : Json(value);
}

Json ToJson(const RunSummary& run) {
  Json json;
  json["repetition"] = run.repetition;
  json["start_nanos"] = run.start_nanos == 0 ? Json() : Json(run.start_nanos);
  json["iterations"] = KnownOrNull(run.iterations);
  json["cpu_seconds"] = KnownOrNull(run.cpu_seconds);
  json["real_seconds"] = KnownOrNull(run.real_seconds);
  json["allocs"] = KnownOrNull(run.allocs);
  json["bytes"] = KnownOrNull(run.bytes);
  json["samples"] = run.samples;
  json["contentions"] = KnownOrNull(run.contentions);
  json["delay"] = KnownOrNull(run.delay);
  return json;
}

Json ToJson(const IndexEntry& entry) {
  Json json;
  json["name"] = entry.name;
  json["file"] = entry.file.empty() ? Json() : Json(entry.file);
  if (entry.file.empty()) json["reason"] = "its timed loop was not seen";
  // An entry that is not a benchmark says what it is, such as "test": true.
  if (entry.label != "benchmark" && !entry.label.empty()) {
    json[entry.label] = true;
  }
  json["complete"] = entry.complete;
  json["iterations"] = entry.iterations;
  json["repetitions"] = entry.repetitions;
  json["threads"] = entry.threads;
  json["cpu_seconds"] = KnownOrNull(entry.cpu_seconds);
  json["real_seconds"] = KnownOrNull(entry.real_seconds);
  json["samples"] = entry.samples;
  json["profiled_cpu_seconds"] = KnownOrNull(entry.profiled_cpu_seconds);
  json["share_standard_error"] =
      entry.samples == 0
          ? Json()
          : Json(std::sqrt(0.25 / static_cast<double>(entry.samples)));
  for (const auto& [name, value] : entry.per_operation) json[name] = value;
  json["runs"] = Json::array();
  for (const RunSummary& run : entry.runs) json["runs"].push_back(ToJson(run));
  return json;
}

}  // namespace

bool IsProfileName(const std::string& name) {
  const std::string suffix = ".prof";
  return name.size() > suffix.size() && name[0] != '.' &&
         name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos &&
         name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0;
}

std::string ToJson(const BenchmarkIndex& index) {
  Json json;
  json["format"] = 2;
  json["kind"] = index.kind;
  json["profile"] = index.profile;
  json["rate"] = index.rate;
  json["period"] = index.period;
  json["benchmem"] = index.benchmem;
  json["context"] = ContextToJson(index.context);
  json["benchmarks"] = Json::array();
  for (const IndexEntry& entry : index.benchmarks) {
    json["benchmarks"].push_back(ToJson(entry));
  }
  // A name that is not UTF-8 is shown with replacement characters.
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

void RemoveIndexedFiles(const std::string& folder) {
  const std::string index = folder + "/index.json";
  struct stat status;  // if it were a pipe, reading might never end
  if (lstat(index.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
  std::ifstream file(index);
  const Json json = Json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return;
  const auto benchmarks = json.find("benchmarks");
  if (benchmarks == json.end() || !benchmarks->is_array()) return;
  for (const Json& entry : *benchmarks) {
    if (!entry.is_object()) continue;
    const auto name = entry.find("file");
    if (name == entry.end() || !name->is_string()) continue;
    const std::string text = name->get<std::string>();
    if (IsProfileName(text)) unlink((folder + "/" + text).c_str());
  }
  unlink(index.c_str());
}

}  // namespace bench_profiler
