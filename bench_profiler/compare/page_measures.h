// Measures and changes as the page of a comparison has them: times are in
// nanoseconds there.
//
//   PageChange change = PageChangeOf(comparison, Measure::kTime);
//   change.new_value;   // 1530, of 1.53e-6 seconds
#ifndef BENCH_PROFILER_COMPARE_PAGE_MEASURES_H_
#define BENCH_PROFILER_COMPARE_PAGE_MEASURES_H_

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/measures.h"
#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

PageMeasure PageMeasureOf(Measure measure);

// The kind of its profiles.
PageKind PageKindOf(Measure measure);

// A value times this is in the page's unit.
double PageFactor(Measure measure);

PageVerdict PageVerdictOf(Verdict verdict);
PageChange PageChangeOf(const Change& change, Measure measure);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_PAGE_MEASURES_H_
