// Reads index.json (benchmark_index.h), of format 1 or 2.
//
//   BenchmarkIndex index;
//   std::string error;
//   if (!ReadBenchmarkIndex("cpu.prof.d", &index, &error)) {
//     // "cpu.prof.d/index.json: benchmarks[3].iterations: a count is expected"
//
// Anybody may have written the file. What was read has all fields of its
// format, with counts that are not negative, and names of files that lead
// nowhere else. Names of benchmarks are as they are: "<script>" may be one.
#ifndef BENCH_PROFILER_FORMATS_BENCHMARK_INDEX_READER_H_
#define BENCH_PROFILER_FORMATS_BENCHMARK_INDEX_READER_H_

#include <string>

#include "bench_profiler/formats/benchmark_index.h"

namespace bench_profiler {

// Returns false, with one line in `error`, if it cannot be read.
bool ReadBenchmarkIndex(const std::string& folder, BenchmarkIndex* index,
                        std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_BENCHMARK_INDEX_READER_H_
