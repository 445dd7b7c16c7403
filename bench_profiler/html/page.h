// The HTML page of a report: one file that loads nothing and sends nothing.
//
//   std::string html = HtmlPage(data);
//
// It reads without script and style; with the script it is drawn anew from the
// data in it. Nothing that comes from a profile is ever taken as HTML or
// script: texts are escaped, the data are base64, and the page's policy lets no
// script run but ours, which it names by its hash.
#ifndef BENCH_PROFILER_HTML_PAGE_H_
#define BENCH_PROFILER_HTML_PAGE_H_

#include <string>

#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

std::string HtmlPage(const PageData& data);

// The same with other rows to read without script: `rows` are HTML.
std::string HtmlPage(const PageData& data, const std::string& rows);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_PAGE_H_
