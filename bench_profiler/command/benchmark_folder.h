// A folder FILE.d, which has a profile of each benchmark or test, and an
// index.json that says which.
//
//   std::vector<std::string> files;
//   Outcome outcome = FilesOfFolder("cpu.prof.d", &files);
#ifndef BENCH_PROFILER_COMMAND_BENCHMARK_FOLDER_H_
#define BENCH_PROFILER_COMMAND_BENCHMARK_FOLDER_H_

#include <string>
#include <vector>

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/outcome.h"

namespace bench_profiler {

// The paths of its profiles, at least one.
Outcome FilesOfFolder(const std::string& folder,
                      std::vector<std::string>* files);

// `top FOLDER`: for each benchmark its name, what an operation costs, and the
// functions at the top.
Outcome WriteBenchmarkBlocks(const CommandLine& line,
                             const std::string& folder);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_BENCHMARK_FOLDER_H_
