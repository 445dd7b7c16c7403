// The parts of a trace that are its own: stream_profile.h does what it has in
// common with profiles.
//
//   TraceRemark remark;
//   Error error = BeginTrace({100}, &set, &remark);
//   ...
//   EndTrace(&set);     // then FillInTrace and ReleaseTrace (sampling/trace.h)
#ifndef BENCH_PROFILER_PPROF_TRACE_H_
#define BENCH_PROFILER_PPROF_TRACE_H_

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/error.h"
#include "bench_profiler/sampling/sample_set.h"

namespace bench_profiler {

// What the trace goes on without, and why; "" if it has everything.
struct TraceRemark {
  char text[512] = "";
};

// Listens to all kinds that a trace is made of. `cpu` is for the CPU's samples.
Error BeginTrace(const CollectorOptions& cpu, SampleSet* set,
                 TraceRemark* remark);

void EndTrace(SampleSet* set);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_TRACE_H_
