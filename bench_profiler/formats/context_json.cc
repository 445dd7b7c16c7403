#include "bench_profiler/formats/context_json.h"

#include <nlohmann/json.hpp>
#include <string>

namespace bench_profiler {
namespace {

using Json = nlohmann::ordered_json;

Json TextOrNull(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

}  // namespace

Json ContextToJson(const RunContext& context) {
  Json json;
  json["command"] = TextOrNull(context.command);
  json["host"] = TextOrNull(context.host);
  json["cpus"] = context.cpus == 0 ? Json() : Json(context.cpus);
  json["mhz"] = context.mhz == 0 ? Json() : Json(context.mhz);
  json["cpu_model"] = TextOrNull(context.cpu_model);
  json["load"] = context.load.empty() ? Json() : Json(context.load);
  json["governor"] = TextOrNull(context.governor);
  json["compiler"] = TextOrNull(context.compiler);
  json["build_type"] = TextOrNull(context.build_type);
  json["git"] = TextOrNull(context.git);
  return json;
}

}  // namespace bench_profiler
