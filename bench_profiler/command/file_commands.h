// The commands that make a file: flamegraph, svg, merge, convert, report.
#ifndef BENCH_PROFILER_COMMAND_FILE_COMMANDS_H_
#define BENCH_PROFILER_COMMAND_FILE_COMMANDS_H_

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/commands.h"
#include "bench_profiler/command/outcome.h"

namespace bench_profiler {

Outcome FlamegraphCommand(const Command& command, const CommandLine& line);
Outcome SvgCommand(const Command& command, const CommandLine& line);
Outcome MergeCommand(const Command& command, const CommandLine& line);
Outcome ConvertCommand(const Command& command, const CommandLine& line);
Outcome PageCommand(const Command& command, const CommandLine& line);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_FILE_COMMANDS_H_
