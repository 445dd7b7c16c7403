// Where the numbers of a run come from: the machine and the program.
//
//   const RunContext context = ContextOf(data);   // context.host == "builder"
#ifndef BENCH_PROFILER_EXPORT_RUN_CONTEXT_H_
#define BENCH_PROFILER_EXPORT_RUN_CONTEXT_H_

#include "bench_profiler/profile/run_profiles.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

// What `data` tells, and what can be read of the machine, which is that of the
// run.
RunContext ContextOf(const RawProfile& data);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_EXPORT_RUN_CONTEXT_H_
