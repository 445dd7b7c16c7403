// index.json, which tells scripts what is in the folder of profiles of
// benchmarks.
//
//   {
//     "format": 1,
//     "kind": "cpu",
//     "profile": "cpu.prof",        the whole run, beside this folder
//     "rate": 1000,                 as asked for
//     "period": 1000000,
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
//       "relative_error": 0.045     one standard error of a function with half
//                                   of the samples: sqrt(0.25 / samples); null
//                                   without samples
//       "contentions/op": 0.25,     only in block and mutex profiles
//       "delay/op": 1000            nanoseconds
//     }]
//   }
#ifndef BENCH_PROFILER_FORMATS_BENCHMARK_INDEX_H_
#define BENCH_PROFILER_FORMATS_BENCHMARK_INDEX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/profile/run_profiles.h"

namespace bench_profiler {

struct IndexEntry : RegionSummary {
  std::string file;  // "" if it has none
};

struct BenchmarkIndex {
  std::string kind;
  std::string profile;
  int64_t rate = 0;
  int64_t period = 0;
  std::vector<IndexEntry> benchmarks;
};

std::string ToJson(const BenchmarkIndex& index);

// Removes the index.json of `folder` and the profiles that it lists. Since
// anybody may have written the index, only plain names that end in ".prof", of
// files in that very folder, are believed.
void RemoveIndexedFiles(const std::string& folder);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_BENCHMARK_INDEX_H_
