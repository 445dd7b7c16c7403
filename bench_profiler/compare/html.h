// A comparison as a page: the report of benchmarks with what was before, what
// is now, and the functions that did it.
//
//   std::string page = ComparisonAsHtml(comparison, inputs);
//
// Only functions whose change passed the test have a colour. Without script the
// page is a table of benchmarks, each with its functions that changed.
#ifndef BENCH_PROFILER_COMPARE_HTML_H_
#define BENCH_PROFILER_COMPARE_HTML_H_

#include <string>

#include "bench_profiler/compare/output_formats.h"

namespace bench_profiler {

std::string ComparisonAsHtml(const Comparison& comparison,
                             const ComparisonInputs& inputs);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_HTML_H_
