#include "bench_profiler/record/trace_counters.h"

#include <errno.h>

#include <algorithm>

#include "bench_profiler/platform/own_threads.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/record/trace_log.h"

namespace bench_profiler {
namespace {

constexpr int64_t kDistanceNanos = 10 * 1000 * 1000;

std::atomic<int64_t> last_time{0};

}  // namespace

HeapEstimate heap_estimate;

// Atomics and system calls only.
void TraceCountersNow() {
  constexpr int64_t kUnknown = TraceEvent::Counters::kUnknown;
  const int saved_errno = errno;
  const bool is_known = heap_estimate.is_known.load(std::memory_order_relaxed);
  TraceEvent event;
  event.kind = TraceEvent::kCounters;
  // Blocks that a parent process has sampled may be freed in this one.
  event.counters = {
      is_known ? std::max<int64_t>(heap_estimate.bytes.load(), 0) : kUnknown,
      is_known ? heap_estimate.allocations.load() : kUnknown,
      ThreadCount() - OwnThreadCount()};
  AddTraceEvent(event);
  errno = saved_errno;
}

void TraceCounters() {
  const int64_t now = TraceTime();
  int64_t last = last_time.load(std::memory_order_relaxed);
  if (now - last < kDistanceNanos) return;
  if (last_time.compare_exchange_strong(last, now)) TraceCountersNow();
}

}  // namespace bench_profiler
