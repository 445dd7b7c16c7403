// The functions of one measure of one benchmark, as they are shown.
//
//   MeasureComparison measure;
//   AddFunctionRows(tested, rejected, inputs, &measure);
//   measure.functions.front().name;
#ifndef BENCH_PROFILER_COMPARE_FUNCTION_ROWS_H_
#define BENCH_PROFILER_COMPARE_FUNCTION_ROWS_H_

#include <vector>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/function_shares.h"
#include "bench_profiler/compare/function_table.h"
#include "bench_profiler/compare/function_test.h"
#include "bench_profiler/compare/renamed_functions.h"
#include "bench_profiler/compare/tested_functions.h"

namespace bench_profiler {

struct FunctionRowInputs {
  const FunctionComparer& comparer;
  const FunctionShares& old_shares;
  const FunctionShares& new_shares;
  const RenamedFunctions& renamed;
  const FunctionTable& functions;
  double min_effect = 0;
};

// `is_rejected` is what Holm's correction made of each test.
void AddFunctionRows(const TestedFunctions& tested,
                     const std::vector<bool>& is_rejected,
                     const FunctionRowInputs& inputs,
                     MeasureComparison* measure);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_FUNCTION_ROWS_H_
