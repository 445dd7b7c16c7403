// The reports `tags`: labels of samples, and what each value of them costs; and
// `comments`: those that the profile has.
#ifndef BENCH_PROFILER_REPORT_TAGS_H_
#define BENCH_PROFILER_REPORT_TAGS_H_

#include <string>

#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

bool WriteTags(const PreparedReport& report, std::string* out,
               std::string* error);

bool WriteComments(const PreparedReport& report, std::string* out,
                   std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_TAGS_H_
