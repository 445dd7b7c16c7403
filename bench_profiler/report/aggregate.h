// Takes from a profile what its reports shall not tell apart: at the
// granularity of functions, for example, files, lines and addresses.
//
//   Aggregate(Granularity::kFunctions, /*no_inlines=*/false, &profile);
#ifndef BENCH_PROFILER_REPORT_AGGREGATE_H_
#define BENCH_PROFILER_REPORT_AGGREGATE_H_

#include "bench_profiler/profile/parsed_profile.h"
#include "bench_profiler/report/options.h"

namespace bench_profiler {

// no_inlines: what is inlined belongs to the function that it was inlined into.
void Aggregate(Granularity granularity, bool no_inlines,
               ParsedProfile* profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_AGGREGATE_H_
