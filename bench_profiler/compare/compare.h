// Compares two sides: which benchmarks changed, and which functions did it.
//
//   FunctionTable functions;
//   Side old_side, new_side;
//   ... ReadSide(paths, "old", &functions, &old_side, &error) ...
//   Comparison comparison = Compare(old_side, new_side, functions, {});
#ifndef BENCH_PROFILER_COMPARE_COMPARE_H_
#define BENCH_PROFILER_COMPARE_COMPARE_H_

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/function_table.h"
#include "bench_profiler/compare/process.h"

namespace bench_profiler {

struct CompareOptions {
  double alpha = 0.05;       // of any false alarm in a comparison
  double min_effect = 0.02;  // smaller changes of time are called unchanged
};

Comparison Compare(const Side& old_side, const Side& new_side,
                   const FunctionTable& functions,
                   const CompareOptions& options);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_COMPARE_H_
