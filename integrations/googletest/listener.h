// Tells the profiler what GoogleTest is doing.
//
//   DescribeShard(&program);       // before RunMain
//   ListenToGoogleTest();          // before the user's main, when profiling
#ifndef BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_LISTENER_H_
#define BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_LISTENER_H_

#include "bench_profiler/session.h"

namespace bench_profiler {

// Sets which of how many shards of the tests this process is to run, as the
// environment says: whether it will, a preloaded profiler cannot always tell.
void DescribeShard(Program* program);

// Adds a listener to GoogleTest, if the program links it.
void ListenToGoogleTest();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_LISTENER_H_
