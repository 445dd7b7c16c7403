// Text as a part of HTML, in an element or in a quoted attribute.
//
//   EscapeHtml("BM_Sort<int>")   // "BM_Sort&lt;int&gt;"
#ifndef BENCH_PROFILER_HTML_ESCAPE_H_
#define BENCH_PROFILER_HTML_ESCAPE_H_

#include <string>
#include <string_view>

namespace bench_profiler {

// What is not UTF-8 becomes U+FFFD, and so do control characters.
std::string EscapeHtml(std::string_view text);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_ESCAPE_H_
