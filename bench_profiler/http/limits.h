// How long a request may take, and what is said to those that end early.
#ifndef BENCH_PROFILER_HTTP_LIMITS_H_
#define BENCH_PROFILER_HTTP_LIMITS_H_

#include <cstdint>

namespace bench_profiler {

inline constexpr int64_t kMaxSeconds = 3600;
inline constexpr char kTooLong[] =
    "invalid value for \"seconds\" - must not be more than 3600";

// The text of Go's context.Canceled.
inline constexpr char kCancelled[] = "context canceled";

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_LIMITS_H_
