// What can be told of the frameworks of a program that was not built for it.
//
//   program.nothing_seen = WhatIsMissing();
#ifndef BENCH_PROFILER_INTEGRATIONS_PRELOAD_FRAMEWORK_H_
#define BENCH_PROFILER_INTEGRATIONS_PRELOAD_FRAMEWORK_H_

namespace bench_profiler {

// One line for a run of which no benchmark and no test was seen: why that is,
// and what would help. "" if the program has no framework. Never freed.
const char* WhatIsMissing();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_PRELOAD_FRAMEWORK_H_
