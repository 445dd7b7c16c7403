// The numbers of the process that a trace shows over time: memory in use,
// allocations and threads.
//
//   heap_estimate.bytes.fetch_add(4096);   // by who samples the heap
//   if (Tracing()) TraceCounters();        // wherever they may have changed
//
// There is no thread that looks at them: who changes them, or uses CPU time,
// notes them. So they cost nothing while nothing happens.
#ifndef BENCH_PROFILER_RECORD_TRACE_COUNTERS_H_
#define BENCH_PROFILER_RECORD_TRACE_COUNTERS_H_

#include <atomic>
#include <cstdint>

namespace bench_profiler {

// Of all allocations since the heap is being sampled.
struct HeapEstimate {
  std::atomic<bool> is_known{false};
  std::atomic<int64_t> bytes{0};  // in use
  std::atomic<int64_t> allocations{0};
};
extern HeapEstimate heap_estimate;

// Adds them to the trace, unless that was done in the last 10 ms. Thread- and
// async-signal-safe.
void TraceCounters();

// The same in any case.
void TraceCountersNow();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_TRACE_COUNTERS_H_
