// One measure of one benchmark, while it is compared: its tests, and what came
// of them once all tests of the comparison have been corrected together.
//
//   MeasureTests tests(row, old_values, new_values, renamed);
//   tests.TestFunctions(&slots);
//   const double p = tests.ValuePValue();           // NaN: not tested
//   ... Holm's correction ...
//   MeasureComparison measure = tests.Result(decided, functions, options);
#ifndef BENCH_PROFILER_COMPARE_MEASURE_TESTS_H_
#define BENCH_PROFILER_COMPARE_MEASURE_TESTS_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "bench_profiler/compare/benchmark_pairs.h"
#include "bench_profiler/compare/compare.h"
#include "bench_profiler/compare/exact_change.h"
#include "bench_profiler/compare/function_shares.h"
#include "bench_profiler/compare/function_test.h"
#include "bench_profiler/compare/tested_functions.h"
#include "bench_profiler/compare/value_change.h"

namespace bench_profiler {

// What the correction made of the tests of one measure of one benchmark.
struct CorrectedTests {
  bool is_value_rejected = false;
  std::vector<bool> are_functions_rejected;
  double alpha = 0.05;     // of any error in all tests of a kind
  size_t value_tests = 1;  // how many were corrected together
  size_t function_tests = 1;
};

class MeasureTests {
 public:
  MeasureTests(const MeasureRow& row,
               const std::vector<ProcessValue>& old_values,
               const std::vector<ProcessValue>& new_values,
               const RenamedFunctions& renamed);
  MeasureTests(const MeasureTests&) = delete;
  MeasureTests& operator=(const MeasureTests&) = delete;

  // NaN if the value is unknown on a side.
  double Difference() const { return value_.test.difference; }
  void TakeOffDrift(double drift) { value_.TakeOff(drift); }

  void TestFunctions(FunctionSlots* slots);

  double ValuePValue() const;
  Change ValueChange(bool is_rejected, const CompareOptions& options) const;
  const std::vector<FunctionTest>& function_tests() const {
    return tested_.tests;
  }

  MeasureComparison Result(const CorrectedTests& corrected,
                           const FunctionTable& functions,
                           const CompareOptions& options) const;

 private:
  double Detectable(const CorrectedTests& corrected) const;

  const MeasureRow& row_;
  const RenamedFunctions& renamed_;
  const FunctionShares old_shares_;
  const FunctionShares new_shares_;
  ValueTest value_;
  std::optional<ExactTest> exact_;  // of a value that was counted
  std::optional<FunctionComparer> comparer_;
  TestedFunctions tested_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_MEASURE_TESTS_H_
