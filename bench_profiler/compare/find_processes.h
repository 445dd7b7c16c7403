// Finds the processes in the paths that a user gave (read_side.h says which
// paths there are), and reads their index.json.
//
//   std::vector<FoundProcess> processes;
//   if (!FindProcesses({"old"}, &processes, &warnings, &error)) ...
//   processes[2].path;                   // "old/03"
//   processes[2].folders[0].index.kind;  // "cpu"
#ifndef BENCH_PROFILER_COMPARE_FIND_PROCESSES_H_
#define BENCH_PROFILER_COMPARE_FIND_PROCESSES_H_

#include <string>
#include <vector>

#include "bench_profiler/formats/benchmark_index.h"

namespace bench_profiler {

struct FoundFolder {
  std::string path;      // "old/03/cpu.prof.d"
  BenchmarkIndex index;  // its kind is "" if there is none
  // The profile of the whole program, if there are no benchmarks: "cpu.prof".
  std::string whole;
};

struct FoundProcess {
  std::string path;
  std::vector<FoundFolder> folders;  // each of another kind
};

// Returns false, with one line in `error`, if a path has nothing in it that can
// be read.
bool FindProcesses(const std::vector<std::string>& paths,
                   std::vector<FoundProcess>* processes,
                   std::vector<std::string>* warnings, std::string* error);

// When its first run began, in nanoseconds since the epoch; 0: unknown. All
// kinds of profiles of a process have the same.
int64_t FirstStart(const BenchmarkIndex& index);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_FIND_PROCESSES_H_
