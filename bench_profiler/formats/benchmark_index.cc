#include "bench_profiler/formats/benchmark_index.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

namespace bench_profiler {
namespace {

using Json = nlohmann::ordered_json;

Json KnownOrNull(double value) { return value < 0 ? Json() : Json(value); }

bool IsProfileName(const std::string& name) {
  const std::string suffix = ".prof";
  return name.size() > suffix.size() && name[0] != '.' &&
         name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos &&
         name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0;
}

}  // namespace

std::string ToJson(const BenchmarkIndex& index) {
  Json json;
  json["format"] = 1;
  json["kind"] = index.kind;
  json["profile"] = index.profile;
  json["rate"] = index.rate;
  json["period"] = index.period;
  json["benchmarks"] = Json::array();
  for (const IndexEntry& entry : index.benchmarks) {
    Json item;
    item["name"] = entry.name;
    item["file"] = entry.file.empty() ? Json() : Json(entry.file);
    if (entry.file.empty()) item["reason"] = "its timed loop was not seen";
    // An entry that is not a benchmark says what it is, such as "test": true.
    const std::string label = entry.kind->label;
    if (label != "benchmark" && !label.empty()) item[label] = true;
    item["complete"] = entry.complete;
    item["iterations"] = entry.iterations;
    item["repetitions"] = entry.repetitions;
    item["threads"] = entry.threads;
    item["cpu_seconds"] = KnownOrNull(entry.cpu_seconds);
    item["real_seconds"] = KnownOrNull(entry.real_seconds);
    item["samples"] = entry.samples;
    item["profiled_cpu_seconds"] = KnownOrNull(entry.profiled_cpu_seconds);
    item["relative_error"] =
        entry.samples == 0
            ? Json()
            : Json(std::sqrt(0.25 / static_cast<double>(entry.samples)));
    for (const auto& [name, value] : entry.per_operation) item[name] = value;
    json["benchmarks"].push_back(item);
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
