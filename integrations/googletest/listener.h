// Tells the profiler what GoogleTest is doing.
//
//   DescribeTests(&program);       // before RunMain
//   ListenToGoogleTest();          // before the user's main, when profiling
#ifndef BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_LISTENER_H_
#define BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_LISTENER_H_

#include "bench_profiler/session.h"

namespace bench_profiler {

// Says whether there are tests, and which of how many shards of them this
// process is to run, as the environment says: whether it will, a preloaded
// profiler cannot always tell.
void DescribeTests(Program* program);

// Adds a listener to GoogleTest, if the program links it.
void ListenToGoogleTest();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_LISTENER_H_
