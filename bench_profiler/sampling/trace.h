// The trace of the process: what its threads do, and when. There is one at a
// time.
//
//   SampleSet set(SampleSet::Regions::kLeaveOut);
//   Error error = StartTrace(&set);      // "tracing is already enabled"
//   Listen(kind, options, &set, ...);    // to all kinds with Kind::is_traced
//   ...
//   Unlisten(kind, &set);
//   StopTrace();
//   RawTrace trace;
//   FillInTrace(set, &trace);
//   ...                                  // it is written
//   ReleaseTrace();                      // from here on there can be another
//
// What a trace has of regions, locks and memory comes from events
// (record/trace_log.h) that those who know write while it is running. The CPU's
// samples with their times are in `set`.
#ifndef BENCH_PROFILER_SAMPLING_TRACE_H_
#define BENCH_PROFILER_SAMPLING_TRACE_H_

#include "bench_profiler/error.h"
#include "bench_profiler/record/raw_trace.h"
#include "bench_profiler/sampling/sample_set.h"

namespace bench_profiler {

// The error if there is a trace: "tracing is already enabled", as Go says it.
Error TraceInUse();

// Thread-safe, not async-signal-safe; it uses no malloc.
Error StartTrace(SampleSet* set);

// Both are only for who has started it.
void StopTrace();
void ReleaseTrace();

// Views that are valid until ReleaseTrace. In a copy of the process
// that was made in the middle of a trace (run/interrupt.h) it has all up to
// this moment. Neither allocates nor locks.
void FillInTrace(const SampleSet& set, RawTrace* trace);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_TRACE_H_
