// What the functions of a profile cost.
//
//   MeasuredValue value;
//   AddFunctionCosts(profile, {{FindValueType(profile, "samples"), &value}},
//                    &functions);
//   value.functions[index].self;
#ifndef BENCH_PROFILER_COMPARE_FUNCTION_COSTS_H_
#define BENCH_PROFILER_COMPARE_FUNCTION_COSTS_H_

#include <string_view>
#include <vector>

#include "bench_profiler/compare/function_table.h"
#include "bench_profiler/compare/process.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// Returns the index of the type of value; -1 if the profile has none.
int FindValueType(const ParsedProfile& profile, std::string_view type);

struct CostTarget {
  int value_type = 0;
  MeasuredValue* value = nullptr;
};

// Adds the costs of all samples. What a location costs itself is its innermost
// inlined function's, as in all reports.
void AddFunctionCosts(const ParsedProfile& profile,
                      const std::vector<CostTarget>& targets,
                      FunctionTable* functions);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_FUNCTION_COSTS_H_
