// index.json, which tells scripts what is in the folder of profiles of
// benchmarks.
//
//   {
//     "format": 2,
//     "kind": "cpu",
//     "profile": "cpu.prof",        the whole run, beside this folder
//     "rate": 1000,                 as asked for
//     "period": 1000000,
//     "benchmem": true,             allocs and bytes are counts, not estimates
//     "context": {                  each null if unknown
//       "command": "./bench", "host": "builder", "cpus": 8, "mhz": 2400,
//       "cpu_model": "...", "load": [0.5, 0.4, 0.3], "governor": "performance",
//       "compiler": "g++ 12.2.0", "build_type": "release", "git": "8f0e1c7"
//     },
//     "benchmarks": [{
//       "name": "BM_Sort/8",
//       "file": "BM_Sort_8.prof",   null if it has none
//       "reason": "...",            why it has none; only then
//       "test": true,               only for tests
//       "complete": true,           false: the run ended before its result
//       "iterations": 1000, "repetitions": 1, "threads": 1,
//       "cpu_seconds": 0.5,         as the framework reports; null if unknown
//       "real_seconds": 0.5,
//       "samples": 125,             in its file
//       "profiled_cpu_seconds": 0.5,   their sum, for CPU profiles
//       "share_standard_error": 0.045,  of a function with half of the samples:
//                                   sqrt(0.25 / samples); null without samples
//       "contentions/op": 0.25,     only in block and mutex profiles
//       "delay/op": 1000,           nanoseconds
//       "runs": [{                  the measured ones; what is unknown is null
//         "repetition": 1, "start_nanos": 1764270000000000000,
//         "iterations": 1000, "cpu_seconds": 0.5, "real_seconds": 0.5,
//         "allocs": 2000, "bytes": 64000, "samples": 125,
//         "contentions": null, "delay": null
//       }]
//     }]
//   }
//
// Format 1 has neither runs nor context, and calls share_standard_error
// relative_error.
#ifndef BENCH_PROFILER_FORMATS_BENCHMARK_INDEX_H_
#define BENCH_PROFILER_FORMATS_BENCHMARK_INDEX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/profile/run_profiles.h"

namespace bench_profiler {

struct IndexEntry : RegionSummary {
  std::string file;   // "" if it has none
  std::string label;  // "benchmark" or "test"; `kind` is not used
};

struct BenchmarkIndex {
  std::string kind;
  std::string profile;
  int64_t rate = 0;
  int64_t period = 0;
  bool benchmem = false;
  RunContext context;
  std::vector<IndexEntry> benchmarks;
};

std::string ToJson(const BenchmarkIndex& index);

// Returns whether `name` is that of a profile in the folder itself. Anybody may
// have written an index, so that no other name in it is believed.
bool IsProfileName(const std::string& name);

// Removes the index.json of `folder` and the profiles that it lists.
void RemoveIndexedFiles(const std::string& folder);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_BENCHMARK_INDEX_H_
