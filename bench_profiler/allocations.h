// How much each benchmark allocates in its timed loop (--benchmem).
//
//   PrepareToCountTimed();             // before the loop
//   run(self, state);
//   if (CountingAllocations()) {
//     AllocationCounts counts = TakeTimedAllocations();
//     ...                            // counts.allocations / iterations
//   }
//
// The numbers are exact, since each thread counts. A thread in a RunScope
// counts while it is timed; threads that a benchmark started count while any
// thread of the benchmark is timed.
#ifndef BENCH_PROFILER_ALLOCATIONS_H_
#define BENCH_PROFILER_ALLOCATIONS_H_

#include <cstdint>

#include "bench_profiler/visibility.h"

namespace bench_profiler {

struct AllocationCounts {
  uint64_t allocations = 0;  // reallocating counts as one
  uint64_t bytes = 0;        // as requested, without the allocator's rounding
};

// Returns whether --benchmem was asked for and is possible. Thread-safe.
BENCH_PROFILER_EXPORT bool CountingAllocations();

// Call this before the time of the calling thread starts, or starts again: it
// does what would take time then.
BENCH_PROFILER_EXPORT void PrepareToCountTimed();

// Returns what the calling thread has counted since its last call. It must not
// be timed at the moment. The counts of threads that are not the benchmark's
// own go to the thread that is timed last.
BENCH_PROFILER_EXPORT AllocationCounts TakeTimedAllocations();

// While such an object lives, the allocations of the calling thread do not show
// in heap profiles. For what the profiler itself does.
class BENCH_PROFILER_EXPORT HiddenAllocations {
 public:
  HiddenAllocations();
  ~HiddenAllocations();
  HiddenAllocations(const HiddenAllocations&) = delete;
  HiddenAllocations& operator=(const HiddenAllocations&) = delete;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_ALLOCATIONS_H_
