// What makes a comparison less sure than it could be, as lines for people.
//
//   for (const std::string& line : RunWarnings(ReadMachineState(), 10)) ...
#ifndef BENCH_PROFILER_COMMAND_RUN_WARNINGS_H_
#define BENCH_PROFILER_COMMAND_RUN_WARNINGS_H_

#include <string>
#include <vector>

#include "bench_profiler/profile/machine_state.h"

namespace bench_profiler {

// `runs` is how often each program will run.
std::vector<std::string> RunWarnings(const MachineState& machine, int runs);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_RUN_WARNINGS_H_
