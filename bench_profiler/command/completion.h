// Scripts with which shells complete the command lines of bench_profiler. They
// follow from the tables of commands and options.
#ifndef BENCH_PROFILER_COMMAND_COMPLETION_H_
#define BENCH_PROFILER_COMMAND_COMPLETION_H_

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/commands.h"
#include "bench_profiler/command/outcome.h"

namespace bench_profiler {

// `completion bash` or `completion zsh`.
Outcome CompletionCommand(const Command& command, const CommandLine& line);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_COMPLETION_H_
