// The symbols of the running program's own file.
//
//   if (ProgramDefines("main")) ...
#ifndef BENCH_PROFILER_INTEGRATIONS_PRELOAD_PROGRAM_SYMBOLS_H_
#define BENCH_PROFILER_INTEGRATIONS_PRELOAD_PROGRAM_SYMBOLS_H_

namespace bench_profiler {

// Returns whether the executable defines `symbol`, exported or not. If the
// symbol was stripped, this is false.
bool ProgramDefines(const char* symbol);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_PRELOAD_PROGRAM_SYMBOLS_H_
