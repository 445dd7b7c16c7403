// What profiles cost a program of many short tests: seconds from start to end,
// peak memory and number of files, for 1250, 2500 and 5000 of them. All should
// double from line to line.
//
//   build/dev/tests/benchmarks/many_tests
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/program.h"

namespace {

using bench_profiler::ProgramOptions;
using bench_profiler::ProgramResult;
using bench_profiler::RunProgram;
using bench_profiler::TemporaryFolder;

struct Cost {
  double seconds = -1;
  long kib = 0;
  long files = 0;
};

Cost Run(int shards, std::vector<std::string> flags) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  options.environment = {{"GTEST_TOTAL_SHARDS", std::to_string(shards)},
                         {"GTEST_SHARD_INDEX", "0"}};
  flags.insert(flags.begin(),
               {PROGRAM, "--gtest_filter=Many/*", "--gtest_brief=1"});
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  const ProgramResult result = RunProgram(flags, options);
  Cost cost;
  if (result.exit_code != 0) return cost;
  cost.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  cost.kib = result.peak_kib;
  using Walk = std::filesystem::recursive_directory_iterator;
  for (const auto& entry : Walk(folder.path())) {
    if (entry.is_regular_file()) ++cost.files;
  }
  return cost;
}

}  // namespace

int main() {
  const std::vector<std::vector<std::string>> variants = {
      {},
      {"--cpuprofile=cpu.prof"},
      {"--memprofile=mem.prof"},
      {"--cpuprofile=cpu.prof", "--memprofile=mem.prof"}};
  for (const auto& flags : variants) {
    std::string title;
    for (const std::string& flag : flags) title += flag + " ";
    std::printf("%s\n", title.empty() ? "no flag" : title.c_str());
    for (const int shards : {4, 2, 1}) {
      const Cost cost = Run(shards, flags);
      std::printf("  %4d tests: %6.2f s, %7ld KiB, %5ld files\n", 5000 / shards,
                  cost.seconds, cost.kib, cost.files);
      std::fflush(stdout);
    }
  }
  return 0;
}
