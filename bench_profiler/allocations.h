// How much each benchmark allocates in its timed loop (--benchmem).
//
//   PrepareToCountTimed();             // before the loop
//   run(self, state);
//   if (CountingAllocations()) {
//     AllocationCounts counts = TakeTimedAllocations();
//     ...                            // counts.allocations / iterations
//   }
//
// Exact: from counters in each thread. A thread in a RunScope counts while it
// is timed; the threads that a benchmark started, while any of its threads is.
#ifndef BENCH_PROFILER_ALLOCATIONS_H_
#define BENCH_PROFILER_ALLOCATIONS_H_

#include <cstdint>

#include "bench_profiler/visibility.h"

namespace bench_profiler {

struct AllocationCounts {
  uint64_t allocations = 0;  // reallocating counts as one
  uint64_t bytes = 0;        // as requested, without the allocator's rounding
};

// True if --benchmem was asked for and can be done. Thread-safe.
BENCH_PROFILER_EXPORT bool CountingAllocations();

// To be called before the calling thread's time begins or goes on to count:
// does what would take time then.
BENCH_PROFILER_EXPORT void PrepareToCountTimed();

// What the calling thread counted since the last call. It must not be timed at
// the moment. What other threads than the benchmark's counted is given to the
// last thread that was timed.
BENCH_PROFILER_EXPORT AllocationCounts TakeTimedAllocations();

// While it lives, what the calling thread allocates does not show in heap
// profiles. For the profiler's own doings.
class BENCH_PROFILER_EXPORT HiddenAllocations {
 public:
  HiddenAllocations();
  ~HiddenAllocations();
  HiddenAllocations(const HiddenAllocations&) = delete;
  HiddenAllocations& operator=(const HiddenAllocations&) = delete;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_ALLOCATIONS_H_
