// The new side of a comparison for github-action-benchmark, its tool
// customSmallerIsBetter.
//
//   [{"name": "BM_Sort/8", "unit": "ns/iter", "value": 1620.5,
//     "range": "± 19.4", "extra": "+5.4 %, slower; 10 processes"},
//    {"name": "BM_Sort/8 allocs/op", "unit": "allocs/op", "value": 3.0,
//     "extra": "0 %, unchanged; 10 processes"}]
//
// https://github.com/benchmark-action/github-action-benchmark
#ifndef BENCH_PROFILER_COMPARE_GHA_H_
#define BENCH_PROFILER_COMPARE_GHA_H_

#include <string>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/output_formats.h"

namespace bench_profiler {

std::string ComparisonAsGha(const Comparison& comparison,
                            const ComparisonInputs& inputs);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_GHA_H_
