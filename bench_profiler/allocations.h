// How much each benchmark allocates in its timed loop (--benchmem).
//
//   PrepareToCountTimed(false);        // before the loop
//   run(self, state);
//   FinishCountingTimed();             // after it
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
// does what would take time then. If the time starts at once, all other threads
// are looked at here, too; what they allocate until it starts is then counted.
BENCH_PROFILER_EXPORT void PrepareToCountTimed(bool starts_at_once);

// Call this at once when the time has stopped: all other threads are looked at
// here, so that this is not part of the time.
BENCH_PROFILER_EXPORT void FinishCountingTimed();

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
