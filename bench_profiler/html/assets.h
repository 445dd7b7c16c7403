// The script and the style of the page: the files in assets/, as embed.cmake
// puts them into the library. `bundle` makes them from script/.
#ifndef BENCH_PROFILER_HTML_ASSETS_H_
#define BENCH_PROFILER_HTML_ASSETS_H_

#include <string_view>

namespace bench_profiler {

std::string_view ReportScript();
std::string_view ReportScriptHash();  // SHA-256, 32 bytes
std::string_view ReportStyle();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_ASSETS_H_
