// Finds out about the frameworks of a program that was not built for profiles.
//
//   program.nothing_seen = WhatIsMissing();
#ifndef BENCH_PROFILER_INTEGRATIONS_PRELOAD_FRAMEWORK_H_
#define BENCH_PROFILER_INTEGRATIONS_PRELOAD_FRAMEWORK_H_

namespace bench_profiler {

// Returns a line for the user of a run in which no benchmark and no test was
// seen: why that is, and what would help. "" if the program has no framework.
// The text is never freed.
const char* WhatIsMissing();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_PRELOAD_FRAMEWORK_H_
