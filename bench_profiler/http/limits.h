// How long a request may take, and the texts of errors: those of Go, which
// tools know.
#ifndef BENCH_PROFILER_HTTP_LIMITS_H_
#define BENCH_PROFILER_HTTP_LIMITS_H_

#include <cstdint>

namespace bench_profiler {

inline constexpr int64_t kMaxSeconds = 3600;
inline constexpr char kTooLong[] =
    "invalid value for \"seconds\" - must not be more than 3600";

inline constexpr char kUnknown[] = "Unknown profile";
inline constexpr char kNoSeconds[] =
    "invalid value for \"seconds\" - must be a positive integer";
inline constexpr char kNoChange[] =
    "\"seconds\" parameter is not supported for this profile type";
inline constexpr char kNoTextOfChange[] =
    "seconds and debug params are incompatible";
inline constexpr char kNotCollected[] = "failed to collect profile";
inline constexpr char kNotSubtracted[] = "failed to compute delta";
// Nobody waits for the answer any more.
inline constexpr char kCancelled[] = "context canceled";

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_LIMITS_H_
