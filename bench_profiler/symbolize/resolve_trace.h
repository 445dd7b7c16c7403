// The trace of a RawProfile, with its names.
//
//   Trace trace = ResolveTrace(data, resolved);   // data.trace is not null
#ifndef BENCH_PROFILER_SYMBOLIZE_RESOLVE_TRACE_H_
#define BENCH_PROFILER_SYMBOLIZE_RESOLVE_TRACE_H_

#include "bench_profiler/profile/trace.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/symbolize/resolve_code.h"

namespace bench_profiler {

// Takes no number in an event for granted.
Trace ResolveTrace(const RawProfile& data, const ResolvedCode& resolved);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_RESOLVE_TRACE_H_
