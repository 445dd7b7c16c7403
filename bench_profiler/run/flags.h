// The flags on the command line and in the environment. Most follow from the
// table of kinds.
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

// Reads our flags in argv[1..argc-1], up to an argument "--", and removes them.
// argv[*argc] stays null. If a value makes no sense, returns false and says so
// in `error`. Not thread-safe, since it is for the start of main.
bool ParseFlags(int* argc, char** argv, Options* options, std::string* error);

// Returns whether ParseFlags would take `argument` ("-cpuprofile=cpu.prof").
// `*needs_value`: its value is the next argument.
bool IsFlag(const char* argument, bool* needs_value);

// As if the user had asked for a profile of this kind, as --cpuprofile=path
// asks for "cpu".
void AskForProfile(const char* kind, const std::string& path, Options* options);

// Sets the environment variables, so that a program that executes itself again
// without our flags, as benchmark::MaybeReenterWithoutASLR does, has the same
// options. The variables apply to this process id only, so that a program which
// the benchmark starts does not write to the same files. With
// options.follow_children they apply to child processes, too, whose options
// then say is_child.
void CarryOptionsInEnvironment(const Options& options);

// What --help adds, one line per flag.
std::string FlagsHelp();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_FLAGS_H_
