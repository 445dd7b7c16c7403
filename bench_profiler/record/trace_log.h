// The events of the trace that is running, if one is.
//
//   if (Tracing()) {
//     TraceEvent event;
//     event.kind = TraceEvent::kUnlock;
//     event.unlock = {address};
//     AddTraceEvent(event);         // now, and in this thread
//   }
//
// All threads write into the same pages, without a lock. There is room for a
// million events, 40 MiB; what comes later is counted and left out. Waits and
// labels, of which there may be very many, get no more than three quarters of
// that.
#ifndef BENCH_PROFILER_RECORD_TRACE_LOG_H_
#define BENCH_PROFILER_RECORD_TRACE_LOG_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/record/raw_trace.h"

namespace bench_profiler {

inline constexpr size_t kMaxTraceEvents = size_t{1} << 20;

extern std::atomic<bool> is_tracing;

// Whether a trace is running. Async-signal-safe.
inline bool Tracing() { return is_tracing.load(std::memory_order_relaxed); }

// CLOCK_MONOTONIC, as all times of a trace. Async-signal-safe.
int64_t TraceTime();

// Writes the event. If it has no time or thread, it gets this moment and the
// calling one. Does nothing if no trace is running. Thread- and
// async-signal-safe.
void AddTraceEvent(TraceEvent event);

// The thread has these labels from now on: an index into LabelSets(). `tid` 0
// is the calling one.
void AddTraceLabels(int32_t tid, uint32_t labels);

// A number that each trace has for itself, never 0: what a thread remembers of
// an earlier one does not count any more.
uint32_t TraceNumber();

// One thread at a time may call these. Starting forgets the events of the trace
// before, and returns false if the system has no memory left.
bool StartTraceLog();
void StopTraceLog();

// The events so far. Some may be TraceEvent::kNone.
ArrayView<TraceEvent> TraceEvents();
uint64_t LostTraceEvents();

// In the child of a fork there is no trace. Async-signal-safe.
void ForgetTraceInChild();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_TRACE_LOG_H_
