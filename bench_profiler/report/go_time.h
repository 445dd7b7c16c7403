// Times and durations as Go prints them.
//
//   GoTime(1764270601500000000)   // "2025-11-27 19:10:01.5 +0000 UTC"
//   GoDuration(90500000000)       // "1m30.5s"
#ifndef BENCH_PROFILER_REPORT_GO_TIME_H_
#define BENCH_PROFILER_REPORT_GO_TIME_H_

#include <cstdint>
#include <string>

namespace bench_profiler {

// In the local time zone.
std::string GoTime(int64_t nanos_since_epoch);

std::string GoDuration(int64_t nanos);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_GO_TIME_H_
