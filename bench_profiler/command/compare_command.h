// The command `compare`: runs two programs in turns, and compares what comes of
// it.
//
//   return CompareCommand(command, line);
#ifndef BENCH_PROFILER_COMMAND_COMPARE_COMMAND_H_
#define BENCH_PROFILER_COMMAND_COMPARE_COMMAND_H_

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/commands.h"
#include "bench_profiler/command/outcome.h"

namespace bench_profiler {

Outcome CompareCommand(const Command& command, const CommandLine& line);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_COMPARE_COMMAND_H_
