// A comparison as JSON, for programs. proto/README.md has all keys and an
// example; "format" changes if one of them gets another meaning.
//
//   std::string json = ComparisonAsJson(comparison, inputs);
#ifndef BENCH_PROFILER_COMPARE_JSON_H_
#define BENCH_PROFILER_COMPARE_JSON_H_

#include <string>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/output_formats.h"

namespace bench_profiler {

std::string ComparisonAsJson(const Comparison& comparison,
                             const ComparisonInputs& inputs);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_JSON_H_
