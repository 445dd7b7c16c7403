// Base64 (RFC 4648, section 4): bytes as letters that a page can have anywhere.
//
//   Base64("abcd")   // "YWJjZA=="
#ifndef BENCH_PROFILER_HTML_BASE64_H_
#define BENCH_PROFILER_HTML_BASE64_H_

#include <string>
#include <string_view>

namespace bench_profiler {

std::string Base64(std::string_view bytes);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_BASE64_H_
