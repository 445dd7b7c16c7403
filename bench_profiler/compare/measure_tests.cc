#include "bench_profiler/compare/measure_tests.h"

#include <algorithm>
#include <cmath>

#include "bench_profiler/compare/function_rows.h"
#include "bench_profiler/compare/statistics.h"

namespace bench_profiler {
namespace {

std::vector<double> Numbers(const std::vector<ProcessValue>& values,
                            const MeasureRow& row) {
  std::vector<double> numbers;
  numbers.reserve(values.size());
  for (const ProcessValue& value : values) {
    // A time of 0 is one that no clock saw.
    const bool is_known =
        value.measured->value > 0 || row.measure != Measure::kTime;
    numbers.push_back(is_known ? value.measured->value : -1);
  }
  return numbers;
}

std::vector<ExactPoint> Points(const std::vector<ProcessValue>& values) {
  std::vector<ExactPoint> points;
  points.reserve(values.size());
  for (const ProcessValue& value : values) {
    points.push_back({value.iterations, value.measured->value});
  }
  return points;
}

bool AnyOf(const std::vector<ProcessValue>& values, bool MeasuredValue::*flag) {
  return std::any_of(
      values.begin(), values.end(),
      [flag](const ProcessValue& value) { return value.measured->*flag; });
}

bool IsExact(const MeasureRow& row, const std::vector<ProcessValue>& old_values,
             const std::vector<ProcessValue>& new_values,
             bool MeasuredValue::*is_estimated) {
  return row.is_exact && !AnyOf(old_values, is_estimated) &&
         !AnyOf(new_values, is_estimated);
}

}  // namespace

MeasureTests::MeasureTests(const MeasureRow& row,
                           const std::vector<ProcessValue>& old_values,
                           const std::vector<ProcessValue>& new_values,
                           const RenamedFunctions& renamed)
    : row_(row),
      renamed_(renamed),
      old_shares_(old_values, /*is_new=*/false, &renamed),
      new_shares_(new_values, /*is_new=*/true, &renamed),
      value_(TestValues(Numbers(old_values, row), Numbers(new_values, row))) {
  if (IsExact(row, old_values, new_values, &MeasuredValue::is_estimated)) {
    const std::vector<ExactPoint> old_points = Points(old_values);
    exact_ = TestExact(old_points, Points(new_values), row.measure,
                       LeastExactDifference(row.measure, value_.old_mean));
  }
}

void MeasureTests::TestFunctions(FunctionSlots* slots) {
  const bool is_exact =
      IsExact(row_, old_shares_.values(), new_shares_.values(),
              &MeasuredValue::has_estimated_functions);
  comparer_.emplace(old_shares_, new_shares_, value_, row_.measure, is_exact);
  tested_ = bench_profiler::TestFunctions(old_shares_, new_shares_, &*comparer_,
                                          slots);
}

double MeasureTests::ValuePValue() const {
  return exact_.has_value() ? exact_->p_value : value_.test.p_value;
}

Change MeasureTests::ValueChange(bool is_rejected,
                                 const CompareOptions& options) const {
  return exact_.has_value() ? ChangeOf(*exact_, is_rejected)
                            : ChangeOf(value_, is_rejected, options.min_effect);
}

MeasureComparison MeasureTests::Result(const CorrectedTests& corrected,
                                       const FunctionTable& functions,
                                       const CompareOptions& options) const {
  MeasureComparison measure;
  measure.measure = row_.measure;
  static_cast<Change&>(measure) =
      ValueChange(corrected.is_value_rejected, options);
  if (measure.verdict == Verdict::kUndecided) {
    measure.runs_to_decide = RunsToDecide(
        value_, options.min_effect, corrected.alpha, corrected.value_tests);
  }
  if (!comparer_.has_value()) return measure;
  AddFunctionRows(tested_, corrected.are_functions_rejected,
                  {*comparer_, old_shares_, new_shares_, renamed_, functions,
                   options.min_effect},
                  &measure);
  measure.detectable = Detectable(corrected);
  return measure;
}

// Of a function that has a tenth of the benchmark: its change is found if it is
// as large as what the test asks for, and what luck takes away in 5 of 100
// comparisons. Processes differ by more than sampling alone makes, and that is
// taken from the functions that there are.
double MeasureTests::Detectable(const CorrectedTests& corrected) const {
  constexpr double kShare = 0.1;
  constexpr double kLuck = 1.645;  // of the normal distribution, one-sided
  constexpr double kLeastOfExact = 0.001;
  if (comparer_->is_exact()) return kLeastOfExact;
  const double old_drawn = comparer_->OldDrawn();
  const double new_drawn = comparer_->NewDrawn();
  if (!(old_drawn > 0) || !(new_drawn > 0)) return NAN;
  double used = 0;
  double by_sampling = 0;
  for (const FunctionTest& test : tested_.tests) {
    used += test.share_part;
    by_sampling += test.sampling_part;
  }
  const double excess = by_sampling > 0 ? used / by_sampling : 1;
  const double variance =
      kShare * (1 - kShare) * (1 / old_drawn + 1 / new_drawn) * excess;
  const auto tests =
      static_cast<double>(std::max<size_t>(corrected.function_tests, 1));
  const double needed =
      StudentQuantile(1 - corrected.alpha / 2 / tests, comparer_->df());
  const double found = (needed + kLuck) * std::sqrt(variance);
  return comparer_->HasSingle() ? std::max(found, kLeastChangeOfSingle) : found;
}

}  // namespace bench_profiler
