// The symbols of the running program's own file.
//
//   if (ProgramDefines("main")) ...
#ifndef BENCH_PROFILER_INTEGRATIONS_PRELOAD_PROGRAM_SYMBOLS_H_
#define BENCH_PROFILER_INTEGRATIONS_PRELOAD_PROGRAM_SYMBOLS_H_

namespace bench_profiler {

// Whether the executable defines `symbol`, exported or not. False also if it is
// stripped of its symbols.
bool ProgramDefines(const char* symbol);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_PRELOAD_PROGRAM_SYMBOLS_H_
