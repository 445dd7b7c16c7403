// Sides with one benchmark and five functions, made by hand.
//
//   class ... : public FunctionChanges {};
//   const MeasureComparison time =
//       Compare(FourRuns(1.0, {{kParse, 5000}, {kRead, 5000}}), ...);
#ifndef BENCH_PROFILER_TESTS_COMPARE_FUNCTION_CHANGES_H_
#define BENCH_PROFILER_TESTS_COMPARE_FUNCTION_CHANGES_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/compare/compare.h"

namespace bench_profiler {

using Costs = std::map<uint32_t, double>;  // samples by function
using Calls = std::map<std::pair<uint32_t, uint32_t>, double>;

// One process with one benchmark.
struct Trial {
  double time = 1e-6;
  Costs costs;
  Calls calls = {};
};

inline void AddMeasure(const Trial& run, Measure measure, double value,
                       MeasuredBenchmark* benchmark) {
  MeasuredValue& measured = benchmark->measures[measure];
  measured.value = value;
  for (const auto& [function, self] : run.costs) {
    measured.functions[function] = {self, self};
    measured.samples += self;
  }
  measured.calls = run.calls;
}

inline Side SideOf(const std::vector<Trial>& runs,
                   Measure measure = Measure::kTime) {
  Side side;
  for (const Trial& run : runs) {
    MeasuredBenchmark benchmark;
    benchmark.name = "BM";
    benchmark.iterations = 1000;
    AddMeasure(run, measure, run.time, &benchmark);
    Process process;
    process.benchmarks.push_back(benchmark);
    side.processes.push_back(process);
  }
  return side;
}

class FunctionChanges : public testing::Test {
 protected:
  FunctionChanges() {
    for (const char* name : {"parse", "read", "sort", "hash", "copy"}) {
      functions_.AddNameless(name);
    }
  }

  MeasureComparison Compare(const std::vector<Trial>& old_runs,
                            const std::vector<Trial>& new_runs,
                            Measure measure = Measure::kTime) {
    comparison_ = bench_profiler::Compare(
        SideOf(old_runs, measure), SideOf(new_runs, measure), functions_, {});
    return comparison_.benchmarks.at(0).measures.at(0);
  }

  static const FunctionChange* Find(const MeasureComparison& measure,
                                    const std::string& name) {
    for (const FunctionChange& row : measure.functions) {
      if (row.name == name) return &row;
    }
    return nullptr;
  }

  FunctionTable functions_;
  Comparison comparison_;
};

inline constexpr uint32_t kParse = 0;
inline constexpr uint32_t kRead = 1;
inline constexpr uint32_t kSort = 2;
inline constexpr uint32_t kHash = 3;
inline constexpr uint32_t kCopy = 4;

// Four runs whose times and shares differ a little.
inline std::vector<Trial> FourRuns(double time, const Costs& costs) {
  std::vector<Trial> runs;
  for (const double factor : {1.0, 1.01, 0.99, 1.005}) {
    Trial run{time * factor, costs};
    run.costs.begin()->second *= factor;
    runs.push_back(run);
  }
  return runs;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_COMPARE_FUNCTION_CHANGES_H_
