// gzip (RFC 1952) by zlib.
#ifndef BENCH_PROFILER_FORMATS_GZIP_H_
#define BENCH_PROFILER_FORMATS_GZIP_H_

#include <string>

namespace bench_profiler {

// `bytes` as a gzip stream, without a time in its header: the same bytes give
// the same stream. Throws std::runtime_error when zlib has no memory.
std::string Gzip(const std::string& bytes);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_GZIP_H_
