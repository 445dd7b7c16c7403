// Which of the profile's values a report is about, and the sum that its shares
// are parts of.
//
//   if (!ChooseValue("cpu", &report, &error)) ...
#ifndef BENCH_PROFILER_REPORT_SAMPLE_VALUE_H_
#define BENCH_PROFILER_REPORT_SAMPLE_VALUE_H_

#include <string>

#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

// Sets value_index, value_type, value_unit and total by the report's options.
bool ChooseValue(PreparedReport* report, std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_SAMPLE_VALUE_H_
