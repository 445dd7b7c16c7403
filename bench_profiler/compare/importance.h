// Which benchmarks are worth being shown first.
//
//   for (const BenchmarkComparison* benchmark : ByImportance(comparison)) ...
#ifndef BENCH_PROFILER_COMPARE_IMPORTANCE_H_
#define BENCH_PROFILER_COMPARE_IMPORTANCE_H_

#include <vector>

#include "bench_profiler/compare/comparison.h"

namespace bench_profiler {

// Slower ones, faster ones, undecided and unchanged ones, the largest change of
// each first. A benchmark of which another measure changed, such as its
// allocations, or a function stands with those that are slower or faster.
std::vector<const BenchmarkComparison*> ByImportance(
    const Comparison& comparison);

// The first measure, and others that changed.
std::vector<const MeasureComparison*> ShownMeasures(
    const BenchmarkComparison& benchmark);

// Whether a function changed, as may be seen where times are too noisy.
bool HasChangedFunction(const MeasureComparison& measure);

inline bool IsChanged(Verdict verdict) {
  return verdict == Verdict::kSlower || verdict == Verdict::kFaster;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_IMPORTANCE_H_
