// Finds the benchmarks of both sides that have the same name.
//
//   for (const BenchmarkPair& pair : PairBenchmarks(old_side, new_side)) {
//     for (const MeasuredBenchmark* benchmark : pair.old_benchmarks) {
#ifndef BENCH_PROFILER_COMPARE_BENCHMARK_PAIRS_H_
#define BENCH_PROFILER_COMPARE_BENCHMARK_PAIRS_H_

#include <string>
#include <vector>

#include "bench_profiler/compare/measures.h"
#include "bench_profiler/compare/process.h"

namespace bench_profiler {

// A benchmark in each process that has a result of it. What ended before its
// result is left out: its time would be of other work.
struct BenchmarkPair {
  std::string name;
  std::vector<const MeasuredBenchmark*> old_benchmarks;
  std::vector<const MeasuredBenchmark*> new_benchmarks;
  std::vector<std::string> notes;  // "is not in NEW"
};

// In the order of OLD's program, as its processes show it; then those that only
// NEW has.
std::vector<BenchmarkPair> PairBenchmarks(const Side& old_side,
                                          const Side& new_side);

// What one process measured.
struct ProcessValue {
  const MeasuredValue* measured = nullptr;
  double iterations = 0;
};

// The values of one measure, of the processes that have it.
std::vector<ProcessValue> ValuesOf(
    const std::vector<const MeasuredBenchmark*>& benchmarks, Measure measure);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_BENCHMARK_PAIRS_H_
