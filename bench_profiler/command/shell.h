// bench_profiler shell FILE: asks for one report after another, with the words
// of pprof's interactive mode.
//
//   (bench_profiler) focus=Parse
//   (bench_profiler) top 5 -cum
//   (bench_profiler) list ParseString > parse.txt
#ifndef BENCH_PROFILER_COMMAND_SHELL_H_
#define BENCH_PROFILER_COMMAND_SHELL_H_

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/commands.h"
#include "bench_profiler/command/outcome.h"

namespace bench_profiler {

// Reads commands from standard input, until its end or `quit`.
Outcome ShellCommand(const Command& command, const CommandLine& line);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_SHELL_H_
