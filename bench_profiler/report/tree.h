// The report `tree`: a block for each function, its callers above it and what
// it calls below. `peek` shows those blocks alone whose function matches a
// pattern.
#ifndef BENCH_PROFILER_REPORT_TREE_H_
#define BENCH_PROFILER_REPORT_TREE_H_

#include <string>

#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

// All blocks, or those that match the report's pattern if it has one.
bool WriteTree(const PreparedReport& report, std::string* out,
               std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_TREE_H_
