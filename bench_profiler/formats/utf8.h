// Makes strings valid. Names and paths may have any bytes, but most readers
// refuse a file with a single string that is not UTF-8 (RFC 3629).
#ifndef BENCH_PROFILER_FORMATS_UTF8_H_
#define BENCH_PROFILER_FORMATS_UTF8_H_

#include <string>
#include <string_view>

namespace bench_profiler {

// Returns `text` with U+FFFD for each byte that is not part of valid UTF-8.
std::string ValidUtf8(std::string_view text);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_UTF8_H_
