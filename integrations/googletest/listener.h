// Tells the profiler what GoogleTest is doing.
//
//   if (DescribeTests != nullptr) DescribeTests(&program);  // before RunMain
//   if (ListenToGoogleTest != nullptr) ListenToGoogleTest();
//                                  // before the user's main, when profiling
//
// Weak: listener.cc is part of programs that link GoogleTest only.
#ifndef BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_LISTENER_H_
#define BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_LISTENER_H_

#include "bench_profiler/program.h"

namespace bench_profiler {

// Says whether there are tests, and which of how many shards of them this
// process is to run, as the environment says: whether it will, a preloaded
// profiler cannot always tell.
__attribute__((weak)) void DescribeTests(Program* program);

// Adds a listener to GoogleTest, if the program links it.
__attribute__((weak)) void ListenToGoogleTest();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_LISTENER_H_
