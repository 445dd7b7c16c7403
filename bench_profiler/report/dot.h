// The report `dot`: a picture of who calls whom, in the language of graphviz.
//
//   N1 [label="Parse\n1.2s (24%)" ...]
//   N1 -> N2 [label=" 0.8s" ...]
#ifndef BENCH_PROFILER_REPORT_DOT_H_
#define BENCH_PROFILER_REPORT_DOT_H_

#include <string>

#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

bool WriteDot(const PreparedReport& report, std::string* out,
              std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_DOT_H_
