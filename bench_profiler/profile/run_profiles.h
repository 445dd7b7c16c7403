// The profiles of one kind that come of a run: one of the whole run, and one of
// each region, such as a benchmark or a test.
#ifndef BENCH_PROFILER_PROFILE_RUN_PROFILES_H_
#define BENCH_PROFILER_PROFILE_RUN_PROFILES_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/profile/profile.h"

namespace bench_profiler {

// One measured run of a region: a repetition of a benchmark, an iteration of a
// test. What is negative is unknown.
struct RunSummary {
  int64_t repetition = 1;   // from 1 on
  int64_t start_nanos = 0;  // since the epoch; 0: unknown
  int64_t iterations = -1;
  double cpu_seconds = -1;  // as the framework reports
  double real_seconds = -1;
  int64_t allocs = -1;  // in all iterations
  int64_t bytes = -1;
  int64_t samples = 0;  // in the profile of the region
  int64_t contentions = -1;
  int64_t delay = -1;  // nanoseconds
};

// What is known of a region.
struct RegionSummary {
  std::string name;
  const RegionKind* kind = nullptr;
  bool hooked = true;    // false: what it did could not be told from the rest
  bool complete = true;  // false: the run ended before its result
  int64_t iterations = 0;
  int repetitions = 0;
  int threads = 1;
  double cpu_seconds = -1;  // as the framework reports; negative: unknown
  double real_seconds = -1;
  int64_t samples = 0;
  double profiled_cpu_seconds = -1;  // of CPU profiles
  double helper_cpu_seconds = 0;     // of these, by threads it started itself
  // Of kinds with values per operation: "delay/op", and how much.
  std::vector<std::pair<std::string, double>> per_operation;
  // The measured ones, in the order of their starts.
  std::vector<RunSummary> runs;
};

// Where and of what the run was. What is "", 0 or empty is unknown.
struct RunContext {
  std::string command;  // "./bench --benchmark_filter=BM_Sort"
  std::string host;
  int64_t cpus = 0;          // that are online
  double mhz = 0;            // the highest that the processor runs at
  std::string cpu_model;     // "AMD EPYC 9R14"
  std::vector<double> load;  // averages over 1, 5 and 15 minutes, at the start
  std::string governor;      // "performance"
  std::string compiler;      // of the program: "g++ 12.2.0"
  std::string build_type;    // "release", "debug"
  std::string git;           // revision that was told
};

struct RegionProfile {
  RegionSummary result;
  Profile profile;  // what was measured of it
};

struct RunProfiles {
  std::string path;  // where to write the whole run
  int64_t rate = 0;  // as asked for
  Profile whole;
  int64_t samples = 0;  // of the whole run
  RunContext context;
  bool counts_allocations = false;  // those of RunSummary are exact
  std::vector<RegionProfile> regions;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_RUN_PROFILES_H_
