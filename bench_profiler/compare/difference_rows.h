// What the page of a comparison says without script or style: a table of all
// benchmarks, those that changed first, each with the functions that did it.
//
//   std::string html = DifferenceRows(comparison, data, false);
#ifndef BENCH_PROFILER_COMPARE_DIFFERENCE_ROWS_H_
#define BENCH_PROFILER_COMPARE_DIFFERENCE_ROWS_H_

#include <string>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

// Title, warnings and context are those of `data`.
std::string DifferenceRows(const Comparison& comparison, const PageData& data,
                           bool full_names);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_DIFFERENCE_ROWS_H_
