// Runs one of the programs of a folder of tests, PROGRAMS, in a folder.
//
//   ProgramResult result = RunIn(folder, "bench", {"--cpuprofile=cpu.prof"});
#ifndef BENCH_PROFILER_TESTS_SUPPORT_RUN_IN_H_
#define BENCH_PROFILER_TESTS_SUPPORT_RUN_IN_H_

#include <string>
#include <vector>

#include "tests/support/program.h"

namespace bench_profiler {

inline ProgramResult RunIn(const TemporaryFolder& folder,
                           const std::string& program,
                           std::vector<std::string> flags,
                           ProgramOptions options = {}) {
  options.directory = folder.path();
  flags.insert(flags.begin(), PROGRAMS "/" + program);
  return RunProgram(flags, options);
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_RUN_IN_H_
