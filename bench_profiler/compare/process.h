// What is compared: the processes of two sides, as plain data.
//
//   Side old_side;
//   std::string error;
//   if (!ReadSide({"old"}, "old", ...)) ...   // read_side.h
//   for (const Process& process : old_side.processes) {
//     for (const MeasuredBenchmark& benchmark : process.benchmarks) {
//
// A process is one run of a program with its benchmarks. It is the unit of all
// statistics: repetitions within a process share its luck (where its memory
// lies, which processor it got), so that they tell nothing about the next one.
#ifndef BENCH_PROFILER_COMPARE_PROCESS_H_
#define BENCH_PROFILER_COMPARE_PROCESS_H_

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bench_profiler/compare/measures.h"
#include "bench_profiler/profile/run_profiles.h"

namespace bench_profiler {

// What a function costs in one benchmark of one process, of one measure.
struct FunctionCost {
  // Samples, of measures that are sampled; what it costs, of those that are
  // counted.
  double self = 0;
  // With its callees, each sample once however often it is on the stack.
  double cumulative = 0;
};

// Costs by FunctionTable's index.
using FunctionCosts = std::unordered_map<uint32_t, FunctionCost>;

// What a function itself costs when this one called it, by caller and callee:
// how inlining that changed is found.
using CallCosts = std::map<std::pair<uint32_t, uint32_t>, double>;

// One measure of one benchmark in one process.
struct MeasuredValue {
  // Per operation, in the measure's unit: the median over the repetitions.
  // Negative: unknown, as of a profile of a whole program.
  double value = -1;
  FunctionCosts functions;
  CallCosts calls;
  double samples = 0;  // the sum of all functions' own
  // Counted measures may be estimates all the same: `value` of allocations
  // without --benchmem, functions by --memprofilerate above 1. Then `drawn` is
  // how many samples the functions' costs were estimated from.
  bool is_estimated = false;
  bool has_estimated_functions = false;
  double drawn = 0;
  std::string file;  // the profile they come from; "": there is none
};

struct MeasuredBenchmark {
  std::string name;
  bool is_complete = true;  // false: the run ended before its result
  std::string reason;       // why it has no profile; "" if it has one
  int64_t iterations = 0;
  std::map<Measure, MeasuredValue> measures;
};

struct Process {
  std::string path;  // as it was found: "old/03"
  RunContext context;
  int64_t rate = 0;         // of its CPU profile; 0: there is none
  int64_t start_nanos = 0;  // of its first run, since the epoch; 0: unknown
  std::vector<MeasuredBenchmark> benchmarks;  // in the order of the program
};

// A function has the same index in all processes of both sides.
struct ComparedFunction {
  std::string key;        // function_key.h: what makes it the same function
  std::string name;       // short
  std::string full_name;  // with parameters and template arguments
  std::string file;       // "" if unknown
};

struct Side {
  std::string title;  // "old", or the path that the user gave
  std::vector<Process> processes;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_PROCESS_H_
