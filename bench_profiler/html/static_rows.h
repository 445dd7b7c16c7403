// What the page says without script or style, as where a build server allows
// neither: a table of all benchmarks, each with the functions that cost most.
//
//   std::string html = StaticRows(data);
#ifndef BENCH_PROFILER_HTML_STATIC_ROWS_H_
#define BENCH_PROFILER_HTML_STATIC_ROWS_H_

#include <string>

#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

// All of the page that a reader sees: title, context, tables.
std::string StaticRows(const PageData& data);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_STATIC_ROWS_H_
