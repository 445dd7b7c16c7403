// The new side of a comparison in Bencher Metric Format, for
// `bencher run --adapter json --file FILE`.
//
//   {"BM_Sort/8": {"latency": {"value": 1620.5, "lower_value": 1601.2,
//                              "upper_value": 1640.1},
//                  "allocs": {"value": 3.0}}}
//
// https://bencher.dev/docs/reference/bencher-metric-format/. Time is the
// measure "latency" there, in nanoseconds, bytes are "allocated".
#ifndef BENCH_PROFILER_COMPARE_BMF_H_
#define BENCH_PROFILER_COMPARE_BMF_H_

#include <string>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/output_formats.h"

namespace bench_profiler {

std::string ComparisonAsBmf(const Comparison& comparison,
                            const ComparisonInputs& inputs);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_BMF_H_
