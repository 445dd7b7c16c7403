// The report `top`: a line for each function, the dearest first.
//
//   flat  flat%   sum%        cum   cum%
//   2.1s 41.18% 41.18%      3.2s 62.75%  Parse (inline)
#ifndef BENCH_PROFILER_REPORT_TOP_H_
#define BENCH_PROFILER_REPORT_TOP_H_

#include <string>

#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

bool WriteTop(const PreparedReport& report, std::string* out,
              std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_TOP_H_
