#include "bench_profiler/compare/function_rows.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "bench_profiler/compare/importance.h"
#include "bench_profiler/compare/moved_functions.h"

namespace bench_profiler {
namespace {

std::string AndOthers(size_t count) {
  if (count == 0) return "";
  return " and " + std::to_string(count) + (count == 1 ? " other" : " others");
}

class RowMaker {
 public:
  RowMaker(const TestedFunctions& tested, const FunctionRowInputs& inputs)
      : tested_(tested), inputs_(inputs) {
    // The renamed ones may bring the same short name from the other side.
    for (const FunctionTest& test : tested.tests) {
      ++uses_[Function(test.function).name];
    }
  }

  std::vector<FunctionChange> Rows(const std::vector<bool>& is_rejected) {
    const std::vector<FunctionTest>& tests = tested_.tests;
    std::vector<FunctionChange> rows;
    std::vector<bool> is_changed;
    for (size_t i = 0; i < tests.size(); ++i) {
      FunctionChange row;
      static_cast<Change&>(row) = inputs_.comparer.ChangeOf(
          tests[i], is_rejected[i], inputs_.min_effect);
      is_changed.push_back(IsChanged(row.verdict));
      Name(tests[i].function, &row);
      row.statistic = tests[i].statistic;
      row.old_samples = tests[i].old_samples;
      row.new_samples = tests[i].new_samples;
      rows.push_back(std::move(row));
    }
    const std::vector<MovedFunction> moved =
        FindMoved(tests, is_changed, inputs_.comparer, inputs_.old_shares,
                  inputs_.new_shares);
    for (size_t i = 0; i < rows.size(); ++i) {
      NoteMove(moved[i], rows, &rows[i]);
    }
    for (size_t i = 0; i < rows.size(); ++i) {
      if (moved[i].kind == MovedFunction::Kind::kNone) continue;
      rows[i].verdict = Verdict::kUnchanged;
    }
    return rows;
  }

  // All that is too small, as one row.
  FunctionChange Other() const {
    FunctionChange other;
    if (tested_.others.empty()) return other;
    const FunctionTest sum = inputs_.comparer.Test(tested_.others);
    static_cast<Change&>(other) =
        inputs_.comparer.ChangeOf(sum, false, inputs_.min_effect);
    other.verdict = Verdict::kUndecided;
    other.p_value = NAN;
    other.old_samples = sum.old_samples;
    other.new_samples = sum.new_samples;
    return other;
  }

 private:
  const ComparedFunction& Function(uint32_t old_index) const {
    return inputs_.functions[inputs_.renamed.InNew(old_index)];
  }

  void Name(uint32_t old_index, FunctionChange* row) const {
    const uint32_t index = inputs_.renamed.InNew(old_index);
    const ComparedFunction& function = inputs_.functions[index];
    row->function = index;
    row->full_name = function.full_name;
    const bool is_unique = uses_.at(function.name) == 1;
    row->name = is_unique ? function.name : function.full_name;
    if (index != old_index) {
      row->note = "was " + inputs_.functions[old_index].full_name;
    }
  }

  void NoteMove(const MovedFunction& moved,
                const std::vector<FunctionChange>& rows,
                FunctionChange* row) const {
    const bool is_less = row->change < 0;
    switch (moved.kind) {
      case MovedFunction::Kind::kInlined:
        row->note = (is_less ? "moved into " : "took over ") +
                    rows[moved.partner].name + AndOthers(moved.more_partners) +
                    ", the sum is unchanged";
        break;
      case MovedFunction::Kind::kReplaced:
        row->note = is_less ? "is not in NEW, but what costs as much is"
                            : "is not in OLD, but what cost as much was";
        break;
      case MovedFunction::Kind::kNone:
        if (!IsChanged(row->verdict)) break;
        if (row->old_samples == 0) row->note = "is not in OLD";
        if (row->new_samples == 0) row->note = "is not in NEW";
        break;
    }
  }

  const TestedFunctions& tested_;
  const FunctionRowInputs& inputs_;
  std::unordered_map<std::string_view, size_t> uses_;  // of a short name
};

}  // namespace

void AddFunctionRows(const TestedFunctions& tested,
                     const std::vector<bool>& is_rejected,
                     const FunctionRowInputs& inputs,
                     MeasureComparison* measure) {
  RowMaker maker(tested, inputs);
  measure->functions = maker.Rows(is_rejected);
  measure->other = maker.Other();
  std::stable_sort(measure->functions.begin(), measure->functions.end(),
                   [](const FunctionChange& a, const FunctionChange& b) {
                     if (IsChanged(a.verdict) != IsChanged(b.verdict)) {
                       return IsChanged(a.verdict);
                     }
                     return a.statistic > b.statistic;
                   });
}

}  // namespace bench_profiler
