// What the page of a comparison is made from.
//
//   PageData data = PageOfComparison(comparison, inputs);
//   std::string html = HtmlPage(data, DifferenceRows(comparison, data, false));
//
// The trees of a benchmark are the sums of the profiles of all processes of a
// side, which are read anew, and scaled so that they add up to what an
// operation costs.
#ifndef BENCH_PROFILER_COMPARE_PAGE_OF_COMPARISON_H_
#define BENCH_PROFILER_COMPARE_PAGE_OF_COMPARISON_H_

#include <string>
#include <vector>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/output_formats.h"
#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

// "old → new", if there is no other title.
std::string TitleOfComparison(const Comparison& comparison,
                              const ComparisonInputs& inputs);

// The warnings, and what else is to be known before a verdict is believed.
std::vector<std::string> WarningsOf(const Comparison& comparison);

// "is not in NEW", "12 processes a side would decide it".
std::vector<std::string> NotesOf(const BenchmarkComparison& benchmark);

PageData PageOfComparison(const Comparison& comparison,
                          const ComparisonInputs& inputs);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_PAGE_OF_COMPARISON_H_
