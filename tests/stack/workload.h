// Code whose stacks are hard to walk: short of exceptions, a bit of everything.
#ifndef BENCH_PROFILER_TESTS_STACK_WORKLOAD_H_
#define BENCH_PROFILER_TESTS_STACK_WORKLOAD_H_

namespace bench_profiler {

// Prologues, alloca, over-aligned frames, recursion, virtual and tail calls,
// std::sort, callbacks of qsort, std::map, snprintf, nested signal handlers.
// Handles SIGUSR1 and SIGUSR2 while it runs.
void RunWorkload();

// Throws through some frames and catches.
void RunThrowingWorkload();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_STACK_WORKLOAD_H_
