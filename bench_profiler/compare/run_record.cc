#include "bench_profiler/compare/run_record.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "bench_profiler/compare/compare.h"

namespace bench_profiler {
namespace {

using Json = nlohmann::ordered_json;

Json ToJson(const RecordedRun& run) {
  Json json;
  json["side"] = run.side;
  json["folder"] = run.folder;
  json["start_nanos"] = run.start_nanos;
  json["seconds"] = run.seconds;
  json["exit_code"] = run.exit_code < 0 ? Json() : Json(run.exit_code);
  json["signal"] = run.signal == 0 ? Json() : Json(run.signal);
  json["left_out"] = run.left_out.empty() ? Json() : Json(run.left_out);
  return json;
}

}  // namespace

std::string ToJson(const RunRecord& record) {
  Json json;
  json["format"] = 1;
  json["old"] = record.old_program;
  json["new"] = record.new_program;
  json["arguments"] = record.arguments;
  json["profiling"] = record.profiling;
  json["seed"] = record.seed;
  json["alpha"] = record.alpha;
  json["runs"] = Json::array();
  for (const RecordedRun& run : record.runs)
    json["runs"].push_back(ToJson(run));
  // Arguments may be no UTF-8.
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

double AlphaOfFolder(const std::string& folder) {
  const double usual = CompareOptions().alpha;
  std::ifstream file(folder + "/compare.json");
  const Json json = Json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("alpha") ||
      !json["alpha"].is_number()) {
    return usual;
  }
  const double alpha = json["alpha"].get<double>();
  return alpha > 0 && alpha <= usual ? alpha : usual;
}

}  // namespace bench_profiler
