// Decompresses gzip (RFC 1952) by zlib, and never more than is sensible.
//
//   std::string plain, error;
//   if (IsGzip(bytes) && !Gunzip(bytes, &plain, &error)) ...
//
// A few megabytes can claim to be terabytes. Memory is only taken for what has
// really come out, up to two limits, which a profile is far from: they shrink
// to a tenth, seldom to less than a fiftieth.
#ifndef BENCH_PROFILER_FORMATS_GUNZIP_H_
#define BENCH_PROFILER_FORMATS_GUNZIP_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace bench_profiler {

inline constexpr size_t kMaxPlainSize = size_t{1} << 30;

// For what is larger than 16 MiB. zlib reaches 1000 for zeros.
inline constexpr size_t kMaxRatio = 100;
inline constexpr size_t kAnyRatioSize = size_t{16} << 20;

bool IsGzip(std::string_view bytes);

// Sets `plain` to the contents, of all members one after another if there are
// several. Returns false, and in `error` why, as in "truncated: ...".
bool Gunzip(std::string_view bytes, std::string* plain, std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_GUNZIP_H_
