// The report `list`: lines of functions whose names match, and what each costs.
#ifndef BENCH_PROFILER_REPORT_LIST_H_
#define BENCH_PROFILER_REPORT_LIST_H_

#include <string>

#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

bool WriteList(const PreparedReport& report, std::string* out,
               std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_LIST_H_
