// Counts allocations in timed phases; see allocations.h for what is counted.
//
//   if (CountingAllocations()) OnTimedStart(/*first=*/true);
//
// Called by activity.cc on each thread as its phase changes.
#ifndef BENCH_PROFILER_RECORD_TIMED_ALLOCATIONS_H_
#define BENCH_PROFILER_RECORD_TIMED_ALLOCATIONS_H_

#include "bench_profiler/error.h"

namespace bench_profiler {

// Starts counting. Fails if that is impossible here.
Error StartCountingAllocations();
void StopCountingAllocations();

// The calling thread enters or leaves a run.
void OnRunEntered();
void OnRunLeft();

// Its timed phase starts or ends. `first` or `last` means that no other thread
// is timed.
void OnTimedStart(bool first);
void OnTimedEnd(bool last);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_TIMED_ALLOCATIONS_H_
