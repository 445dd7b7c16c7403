// The report `traces`: each sample with its labels, its value and its stack.
#ifndef BENCH_PROFILER_REPORT_TRACES_H_
#define BENCH_PROFILER_REPORT_TRACES_H_

#include <string>

#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

bool WriteTraces(const PreparedReport& report, std::string* out,
                 std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_TRACES_H_
