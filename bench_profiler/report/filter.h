// All filters of a report's options, in pprof's order.
//
//   if (!ApplyFilters(&report, &error)) ...  // a bad pattern
#ifndef BENCH_PROFILER_REPORT_FILTER_H_
#define BENCH_PROFILER_REPORT_FILTER_H_

#include <string>
#include <vector>

#include "bench_profiler/report/options.h"
#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

// Changes the profile; adds warnings.
bool ApplyFilters(PreparedReport* report, std::string* error);

// "focus=Parse" for each that is set.
std::vector<std::string> ActiveFilters(const ReportOptions& options);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_FILTER_H_
