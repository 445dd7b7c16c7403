#include "bench_profiler/compare/compare.h"

#include <cstddef>
#include <vector>

#include "bench_profiler/compare/benchmark_pairs.h"
#include "bench_profiler/compare/measures.h"
#include "bench_profiler/compare/statistics.h"
#include "bench_profiler/compare/value_change.h"

namespace bench_profiler {
namespace {

SideSummary SummaryOf(const Side& side) {
  SideSummary summary;
  summary.title = side.title;
  summary.processes = static_cast<int>(side.processes.size());
  if (!side.processes.empty()) summary.context = side.processes.front().context;
  return summary;
}

// One measure of one benchmark, while it is being compared.
struct Compared {
  size_t benchmark = 0;
  std::vector<const MeasuredValue*> old_values;
  std::vector<const MeasuredValue*> new_values;
  ValueTest test;
};

std::vector<double> Numbers(const std::vector<const MeasuredValue*>& values) {
  std::vector<double> numbers;
  for (const MeasuredValue* value : values) {
    // A time of 0 is one that no clock saw.
    numbers.push_back(value->value);
  }
  return numbers;
}

std::vector<Compared> Collect(const std::vector<BenchmarkPair>& pairs,
                              Measure measure) {
  std::vector<Compared> all;
  for (size_t i = 0; i < pairs.size(); ++i) {
    Compared compared;
    compared.benchmark = i;
    compared.old_values = ValuesOf(pairs[i].old_benchmarks, measure);
    compared.new_values = ValuesOf(pairs[i].new_benchmarks, measure);
    if (compared.old_values.empty() || compared.new_values.empty()) continue;
    compared.test =
        TestValues(Numbers(compared.old_values), Numbers(compared.new_values));
    all.push_back(std::move(compared));
  }
  return all;
}

}  // namespace

Comparison Compare(const Side& old_side, const Side& new_side,
                   const FunctionTable& /*functions*/,
                   const CompareOptions& options) {
  Comparison comparison;
  comparison.old_side = SummaryOf(old_side);
  comparison.new_side = SummaryOf(new_side);
  const std::vector<BenchmarkPair> pairs = PairBenchmarks(old_side, new_side);
  for (const BenchmarkPair& pair : pairs) {
    BenchmarkComparison benchmark;
    benchmark.name = pair.name;
    benchmark.old_processes = static_cast<int>(pair.old_benchmarks.size());
    benchmark.new_processes = static_cast<int>(pair.new_benchmarks.size());
    benchmark.notes = pair.notes;
    comparison.benchmarks.push_back(std::move(benchmark));
  }
  for (const MeasureRow& row : MeasureRows()) {
    const std::vector<Compared> all = Collect(pairs, row.measure);
    std::vector<double> p_values;
    for (const Compared& compared : all) {
      p_values.push_back(compared.test.test.p_value);
    }
    const std::vector<bool> rejected = HolmRejects(p_values, options.alpha);
    for (size_t i = 0; i < all.size(); ++i) {
      MeasureComparison measure;
      static_cast<Change&>(measure) =
          ChangeOf(all[i].test, rejected[i], options.min_effect);
      measure.measure = row.measure;
      if (measure.verdict == Verdict::kUndecided) {
        measure.runs_to_decide = RunsToDecide(all[i].test, options.min_effect);
      }
      comparison.benchmarks[all[i].benchmark].measures.push_back(
          std::move(measure));
    }
  }
  for (BenchmarkComparison& benchmark : comparison.benchmarks) {
    if (!benchmark.measures.empty()) {
      benchmark.verdict = benchmark.measures.front().verdict;
    }
  }
  return comparison;
}

}  // namespace bench_profiler
