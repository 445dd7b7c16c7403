// Tells whether the program's framework is the one that the glue was compiled
// against. Only then do its objects have the layout that the glue expects.
//
//   if (!KnowsGoogleBenchmark()) return;   // do not touch its objects
//
// If the glue is compiled with the program, this is always so. Preloaded glue
// has to find it out (integrations/preload/framework.cc).
#ifndef BENCH_PROFILER_INTEGRATIONS_COMMON_KNOWN_FRAMEWORK_H_
#define BENCH_PROFILER_INTEGRATIONS_COMMON_KNOWN_FRAMEWORK_H_

namespace bench_profiler {

#ifdef BENCH_PROFILER_PRELOAD
#define BENCH_PROFILER_FRAMEWORK(folder, name, text) bool Knows##name();
#else
#define BENCH_PROFILER_FRAMEWORK(folder, name, text) \
  inline bool Knows##name() { return true; }
#endif
#include "../frameworks.def"

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_COMMON_KNOWN_FRAMEWORK_H_
