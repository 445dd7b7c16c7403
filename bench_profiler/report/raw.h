// The report `raw`: all that is in a profile, in the words of pprof's -raw.
#ifndef BENCH_PROFILER_REPORT_RAW_H_
#define BENCH_PROFILER_REPORT_RAW_H_

#include <string>

#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

bool WriteRaw(const PreparedReport& report, std::string* out,
              std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_RAW_H_
