#include "bench_profiler/compare/compare.h"

#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "bench_profiler/compare/benchmark_pairs.h"
#include "bench_profiler/compare/comparison_warnings.h"
#include "bench_profiler/compare/importance.h"
#include "bench_profiler/compare/machine_drift.h"
#include "bench_profiler/compare/measure_tests.h"
#include "bench_profiler/compare/measures.h"
#include "bench_profiler/compare/renamed_functions.h"
#include "bench_profiler/compare/statistics.h"

namespace bench_profiler {
namespace {

SideSummary SummaryOf(const Side& side) {
  SideSummary summary;
  summary.title = side.title;
  summary.processes = static_cast<int>(side.processes.size());
  if (!side.processes.empty()) summary.context = side.processes.front().context;
  return summary;
}

std::vector<BenchmarkComparison> Benchmarks(
    const std::vector<BenchmarkPair>& pairs) {
  std::vector<BenchmarkComparison> benchmarks;
  for (const BenchmarkPair& pair : pairs) {
    BenchmarkComparison benchmark;
    benchmark.name = pair.name;
    benchmark.old_processes = static_cast<int>(pair.old_benchmarks.size());
    benchmark.new_processes = static_cast<int>(pair.new_benchmarks.size());
    benchmark.notes = pair.notes;
    benchmarks.push_back(std::move(benchmark));
  }
  return benchmarks;
}

// One measure of all benchmarks that have it on both sides.
struct ComparedMeasure {
  std::vector<size_t> benchmarks;  // of each of the tests
  std::vector<std::unique_ptr<MeasureTests>> tests;
  std::vector<double> value_p;
  size_t function_tests = 0;
};

ComparedMeasure Collect(const std::vector<BenchmarkPair>& pairs,
                        const MeasureRow& row,
                        const RenamedFunctions& renamed) {
  ComparedMeasure compared;
  for (size_t i = 0; i < pairs.size(); ++i) {
    const std::vector<ProcessValue> old_values =
        ValuesOf(pairs[i].old_benchmarks, row.measure);
    const std::vector<ProcessValue> new_values =
        ValuesOf(pairs[i].new_benchmarks, row.measure);
    if (old_values.empty() || new_values.empty()) continue;
    compared.benchmarks.push_back(i);
    compared.tests.push_back(
        std::make_unique<MeasureTests>(row, old_values, new_values, renamed));
  }
  return compared;
}

double TakeOffDrift(const Side& old_side, const Side& new_side,
                    ComparedMeasure* time) {
  std::vector<double> differences;
  for (const auto& tests : time->tests) {
    differences.push_back(tests->Difference());
  }
  const double drift = MachineDrift(differences, old_side, new_side);
  if (drift == 0) return 0;
  for (const auto& tests : time->tests) tests->TakeOffDrift(drift);
  return std::expm1(drift);
}

size_t CountTests(const std::vector<double>& p_values) {
  size_t count = 0;
  for (const double p : p_values) count += std::isnan(p) ? 0 : 1;
  return count;
}

std::vector<double> FunctionPValues(const MeasureTests& tests) {
  std::vector<double> p_values;
  for (const FunctionTest& test : tests.function_tests()) {
    p_values.push_back(test.p_value);
  }
  return p_values;
}

void Test(ComparedMeasure* compared, FunctionSlots* slots) {
  for (const auto& tests : compared->tests) {
    tests->TestFunctions(slots);
    compared->value_p.push_back(tests->ValuePValue());
    compared->function_tests += CountTests(FunctionPValues(*tests));
  }
}

// Families of tests: for each measure its values, and its functions.
size_t CountFamilies(const std::vector<ComparedMeasure>& measures) {
  size_t count = 0;
  for (const ComparedMeasure& measure : measures) {
    count += CountTests(measure.value_p) > 0 ? 1 : 0;
    count += measure.function_tests > 0 ? 1 : 0;
  }
  return count;
}

bool AllRejected(const std::vector<double>& p_values,
                 const std::vector<bool>& is_rejected) {
  for (size_t i = 0; i < p_values.size(); ++i) {
    if (!std::isnan(p_values[i]) && !is_rejected[i]) return false;
  }
  return true;
}

void Append(const std::vector<double>& from, std::vector<double>* to) {
  to->insert(to->end(), from.begin(), from.end());
}

// Each family gets an equal part of the whole alpha, so that any false alarm of
// all is as rare as that, and Holm's correction within it. What the values do
// not need any more, because all of them changed, is passed on to the functions
// (F. Bretz and others, "A graphical approach to sequentially rejective
// multiple test procedures", Statistics in Medicine 28 (2009)).
//
// Of a benchmark that changed it is known that something did, and which of its
// functions is asked: they are corrected among themselves. With all others, of
// 13 benchmarks with ten functions each, that of +5 % is named half as often.
// If nothing changed anywhere, few get there, and those are false alarms
// already.
void Decide(const ComparedMeasure& compared, double alpha,
            const FunctionTable& functions, const CompareOptions& options,
            std::vector<BenchmarkComparison>* benchmarks) {
  const std::vector<bool> are_rejected = HolmRejects(compared.value_p, alpha);
  std::vector<bool> is_changed;
  std::vector<double> others_p;
  for (size_t i = 0; i < compared.tests.size(); ++i) {
    const MeasureTests& tests = *compared.tests[i];
    is_changed.push_back(
        IsChanged(tests.ValueChange(are_rejected[i], options).verdict));
    if (!is_changed[i]) Append(FunctionPValues(tests), &others_p);
  }
  const bool is_passed_on = CountTests(compared.value_p) > 0 &&
                            AllRejected(compared.value_p, are_rejected);
  const double function_alpha = is_passed_on ? 2 * alpha : alpha;
  const std::vector<bool> others = HolmRejects(others_p, function_alpha);
  CorrectedTests corrected;
  corrected.alpha = alpha;
  corrected.value_tests = CountTests(compared.value_p);
  auto next = others.begin();
  for (size_t i = 0; i < compared.tests.size(); ++i) {
    const MeasureTests& tests = *compared.tests[i];
    const std::vector<double> own_p = FunctionPValues(tests);
    corrected.is_value_rejected = are_rejected[i];
    if (is_changed[i]) {
      corrected.are_functions_rejected = HolmRejects(own_p, function_alpha);
      corrected.function_tests = CountTests(own_p);
    } else {
      const auto end = next + static_cast<std::ptrdiff_t>(own_p.size());
      corrected.are_functions_rejected.assign(next, end);
      corrected.function_tests = CountTests(others_p);
      next = end;
    }
    (*benchmarks)[compared.benchmarks[i]].measures.push_back(
        tests.Result(corrected, functions, options));
  }
}

}  // namespace

Comparison Compare(const Side& old_side, const Side& new_side,
                   const FunctionTable& functions,
                   const CompareOptions& options) {
  Comparison comparison;
  comparison.old_side = SummaryOf(old_side);
  comparison.new_side = SummaryOf(new_side);
  const std::vector<BenchmarkPair> pairs = PairBenchmarks(old_side, new_side);
  comparison.benchmarks = Benchmarks(pairs);
  const RenamedFunctions renamed(old_side, new_side, functions);
  std::vector<ComparedMeasure> measures;
  FunctionSlots slots;
  for (const MeasureRow& row : MeasureRows()) {
    measures.push_back(Collect(pairs, row, renamed));
    if (row.measure == Measure::kTime) {
      comparison.machine_drift =
          TakeOffDrift(old_side, new_side, &measures.back());
    }
    Test(&measures.back(), &slots);
  }
  const size_t families = CountFamilies(measures);
  const double alpha =
      options.alpha / static_cast<double>(families > 0 ? families : 1);
  for (const ComparedMeasure& measure : measures) {
    Decide(measure, alpha, functions, options, &comparison.benchmarks);
  }
  for (BenchmarkComparison& benchmark : comparison.benchmarks) {
    if (benchmark.measures.empty()) continue;
    benchmark.verdict = benchmark.measures.front().verdict;
  }
  AddWarnings(old_side, new_side, &comparison);
  return comparison;
}

}  // namespace bench_profiler
