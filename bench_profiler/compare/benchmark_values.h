// What a benchmark costs per operation, as its index.json tells.
//
//   AddValues(index, index.benchmarks[0], &benchmark);
//   benchmark.measures[Measure::kTime].value;   // seconds
#ifndef BENCH_PROFILER_COMPARE_BENCHMARK_VALUES_H_
#define BENCH_PROFILER_COMPARE_BENCHMARK_VALUES_H_

#include "bench_profiler/compare/measures.h"
#include "bench_profiler/compare/process.h"
#include "bench_profiler/formats/benchmark_index.h"

namespace bench_profiler {

// Adds the values that `index` knows of `entry` and `benchmark` does not yet:
// medians over the repetitions, whose luck differs.
void AddValues(const BenchmarkIndex& index, const IndexEntry& entry,
               MeasuredBenchmark* benchmark);

// Sets what only the profile tells: its total per operation.
void AddValueOfProfile(const MeasureRow& row, const IndexEntry& entry,
                       MeasuredValue* value);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_BENCHMARK_VALUES_H_
