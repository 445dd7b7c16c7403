// Tells the trace what a thread is at work on (region.h).
//
//   if (Tracing()) TraceActivity(before, after);   // packed activities
//
// A benchmark may pause its time a million times a second, and a trace cannot
// have all of that. So a pause of less than 10 us in a measured phase is
// counted and not recorded.
#ifndef BENCH_PROFILER_RECORD_TRACE_ACTIVITY_H_
#define BENCH_PROFILER_RECORD_TRACE_ACTIVITY_H_

#include <cstdint>

#include "bench_profiler/record/raw_trace.h"

namespace bench_profiler {

// The activity of the calling thread changes. 0: it leaves its region. Not for
// signal handlers.
void TraceActivity(uint64_t before, uint64_t after);

// The event of a thread that is at work on this.
TraceEvent ActivityEvent(uint64_t activity);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_TRACE_ACTIVITY_H_
