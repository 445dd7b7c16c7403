// bench_profiler count [flags] -- program [arguments]
//
//   return CountCommand(argc - 1, argv + 1);   // argv[1] is "count"
#ifndef BENCH_PROFILER_COMMAND_COUNT_COMMAND_H_
#define BENCH_PROFILER_COMMAND_COUNT_COMMAND_H_

namespace bench_profiler {

// Runs the program under valgrind, which counts the instructions of its
// benchmarks. Returns the program's exit status, or one of run_command.h.
int CountCommand(int argc, char** argv);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_COUNT_COMMAND_H_
