// The command `diff`: what changed between two sets of profiles. `compare`,
// which makes both sets itself, ends with the same.
//
//   return WriteComparison(line, old_side, new_side, functions, warnings);
#ifndef BENCH_PROFILER_COMMAND_DIFF_COMMAND_H_
#define BENCH_PROFILER_COMMAND_DIFF_COMMAND_H_

#include <string>
#include <vector>

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/commands.h"
#include "bench_profiler/command/outcome.h"
#include "bench_profiler/compare/function_table.h"
#include "bench_profiler/compare/process.h"

namespace bench_profiler {

Outcome DiffCommand(const Command& command, const CommandLine& line);

// Whether the options of a comparison can be understood: a command that first
// runs programs for an hour asks before.
Outcome CheckComparisonOptions(const CommandLine& line);

// Compares, writes the comparison as the line says, and checks its limits. The
// outcome has the exit status: 1 if a limit is broken, 3 if --strict finds
// something undecided; then the lines that say so are on standard error.
// `warnings` are shown above those of the comparison itself.
Outcome WriteComparison(const CommandLine& line, const Side& old_side,
                        const Side& new_side, const FunctionTable& functions,
                        const std::vector<std::string>& warnings);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_DIFF_COMMAND_H_
