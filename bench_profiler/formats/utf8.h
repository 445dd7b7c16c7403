// Names and paths may be of any bytes, and most readers refuse a file with one
// string that is no UTF-8 (RFC 3629).
#ifndef BENCH_PROFILER_FORMATS_UTF8_H_
#define BENCH_PROFILER_FORMATS_UTF8_H_

#include <string>

namespace bench_profiler {

// `text` with U+FFFD for each byte that is no UTF-8.
std::string ValidUtf8(const std::string& text);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_UTF8_H_
