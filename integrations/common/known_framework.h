// Whether the program's framework is the one that the glue was compiled
// against: only then are its objects laid out as the glue thinks.
//
//   if (!KnowsGoogleBenchmark()) return;   // hands off its objects
//
// Always so where the glue is compiled with the program. A preloaded glue has
// to find out: integrations/preload/framework.cc.
#ifndef BENCH_PROFILER_INTEGRATIONS_COMMON_KNOWN_FRAMEWORK_H_
#define BENCH_PROFILER_INTEGRATIONS_COMMON_KNOWN_FRAMEWORK_H_

namespace bench_profiler {

#ifdef BENCH_PROFILER_PRELOAD
bool KnowsGoogleBenchmark();
bool KnowsGoogleTest();
#else
inline bool KnowsGoogleBenchmark() { return true; }
inline bool KnowsGoogleTest() { return true; }
#endif

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_COMMON_KNOWN_FRAMEWORK_H_
