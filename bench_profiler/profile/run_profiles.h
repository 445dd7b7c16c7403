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
  std::vector<RegionProfile> regions;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_RUN_PROFILES_H_
