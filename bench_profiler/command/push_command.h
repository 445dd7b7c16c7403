// `bench_profiler push`: profiles of benchmarks to a store that a team has.
#ifndef BENCH_PROFILER_COMMAND_PUSH_COMMAND_H_
#define BENCH_PROFILER_COMMAND_PUSH_COMMAND_H_

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/commands.h"
#include "bench_profiler/command/outcome.h"

namespace bench_profiler {

Outcome PushCommand(const Command& command, const CommandLine& line);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_PUSH_COMMAND_H_
