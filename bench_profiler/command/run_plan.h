// What `bench_profiler compare` is to run, from its command line.
//
//   RunPlan plan;
//   Outcome outcome = MakeRunPlan(line, &plan);
//   if (outcome.ok()) outcome = MakeRunFolder(line, &plan);
#ifndef BENCH_PROFILER_COMMAND_RUN_PLAN_H_
#define BENCH_PROFILER_COMMAND_RUN_PLAN_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/command/command_line.h"
#include "bench_profiler/command/outcome.h"

namespace bench_profiler {

struct ComparedProgram {
  std::string side;  // "old", "new"
  std::string name;  // as the user gave it
  std::string path;
};

struct RunPlan {
  std::array<ComparedProgram, 2> programs;
  std::vector<std::string> profiling;  // flags of `bench_profiler run`
  std::vector<std::string> arguments;  // of both programs
  int pairs = 10;                      // at most
  bool may_end_earlier = false;        // as soon as all is decided
  double max_seconds = 0;              // no pair is begun later; 0: no limit
  uint64_t seed = 0;
  std::string folder;        // absolute
  std::string shown_folder;  // as a user would write it
};

// Everything but the folder. Runs nothing and changes nothing.
Outcome MakeRunPlan(const CommandLine& line, RunPlan* plan);

// Makes the folder that is asked for, or compare-DATE-TIME.d in the current
// one. What an earlier comparison left is never touched.
Outcome MakeRunFolder(const CommandLine& line, RunPlan* plan);

// Whether both programs are the same, byte by byte.
bool AreSame(const RunPlan& plan);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_RUN_PLAN_H_
