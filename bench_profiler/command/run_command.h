// bench_profiler run [flags] -- program [arguments]
//
//   return RunCommand(argc - 1, argv + 1);   // argv[1] is "run"
#ifndef BENCH_PROFILER_COMMAND_RUN_COMMAND_H_
#define BENCH_PROFILER_COMMAND_RUN_COMMAND_H_

namespace bench_profiler {

// The exit statuses of this command's own failures, the same as those of
// env(1), nice(1) and timeout(1). All others are the program's.
constexpr int kLauncherFailed = 125;
constexpr int kCannotRun = 126;
constexpr int kNotFound = 127;

// Replaces this process by the program, with the profiler preloaded. Returns
// only if that fails, or after --help.
int RunCommand(int argc, char** argv);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_RUN_COMMAND_H_
