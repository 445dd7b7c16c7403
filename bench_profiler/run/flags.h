// The command line flags and environment variables, made from the table of
// kinds.
//
//   Options options;
//   std::string error;
//   if (!ParseFlags(&argc, argv, &options, &error)) Fail(error);
//   // argv now holds what is left for the framework
//
// Spellings as with Go: --flag=value, -flag=value, --flag value, -flag value.
// Each flag is also an environment variable, BENCH_PROFILER_CPUPROFILE for
// --cpuprofile; the command line wins. BENCH_PROFILER_QUIET is a variable only.
#ifndef BENCH_PROFILER_RUN_FLAGS_H_
#define BENCH_PROFILER_RUN_FLAGS_H_

#include <string>

#include "bench_profiler/run/options.h"

namespace bench_profiler {

// Reads and removes our flags from argv[1..argc-1], up to an argument "--".
// argv[*argc] stays null. Returns false, with one line in `error`, for a value
// that makes no sense. Not thread-safe: for the start of main.
bool ParseFlags(int* argc, char** argv, Options* options, std::string* error);

// Keeps the options for a program that executes itself once more without our
// flags (benchmark::MaybeReenterWithoutASLR does), by setting the environment
// variables. They hold for this process id only: a program that the benchmark
// starts does not profile into the same files. With options.follow_children
// they hold for its children too, whose options then say is_child.
void CarryOptionsInEnvironment(const Options& options);

// What --help adds, one line per flag.
std::string FlagsHelp();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_FLAGS_H_
