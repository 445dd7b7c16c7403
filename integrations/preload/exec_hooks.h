// Keeps the profiler out of programs that a profiled one starts as children,
// but hands it on to a program that replaces it.
//
//   KeepLibraryToThisProcess();     // before anything of the program runs
//   KeepVariablesToThisProcess();   // when they have been read
//
// A program is replaced if it executes another one in its own process: `taskset
// -c 1 ./bench`, a script that ends in `exec ./bench`, or Google Benchmark's
// own restart without address randomisation. Children run without the profiler,
// unless they are to be followed.
#ifndef BENCH_PROFILER_INTEGRATIONS_PRELOAD_EXEC_HOOKS_H_
#define BENCH_PROFILER_INTEGRATIONS_PRELOAD_EXEC_HOOKS_H_

namespace bench_profiler {

// Gives LD_PRELOAD the value that it had before bench_profiler run.
void KeepLibraryToThisProcess();

// Removes our own variables from the environment.
void KeepVariablesToThisProcess();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_PRELOAD_EXEC_HOOKS_H_
