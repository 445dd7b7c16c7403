// Where and of what a run was, as index.json and comparisons have it: null is
// what is unknown.
//
//   json["context"] = ContextToJson(index.context);
#ifndef BENCH_PROFILER_FORMATS_CONTEXT_JSON_H_
#define BENCH_PROFILER_FORMATS_CONTEXT_JSON_H_

#include <nlohmann/json_fwd.hpp>

#include "bench_profiler/profile/run_profiles.h"

namespace bench_profiler {

nlohmann::ordered_json ContextToJson(const RunContext& context);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_CONTEXT_JSON_H_
