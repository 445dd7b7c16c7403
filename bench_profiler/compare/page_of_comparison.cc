#include "bench_profiler/compare/page_of_comparison.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "bench_profiler/compare/benchmark_pairs.h"
#include "bench_profiler/compare/importance.h"
#include "bench_profiler/compare/merged_profiles.h"
#include "bench_profiler/compare/merged_tree.h"
#include "bench_profiler/compare/page_measures.h"
#include "bench_profiler/compare/value_text.h"
#include "bench_profiler/html/harness.h"
#include "bench_profiler/html/index_columns.h"
#include "bench_profiler/html/quantity.h"

namespace bench_profiler {
namespace {

// So that the smallest function that matters is still a whole number, and
// rounding many of them does not show in their sum.
int64_t DivisorFor(double value) {
  int64_t divisor = 1;
  while (value * static_cast<double>(divisor) < 1e6 && divisor < 1000000000) {
    divisor *= 10;
  }
  return divisor;
}

constexpr const char* kShareUnit = "%";

// What a sample is worth, so that all of them are what an operation costs or,
// of a program without operations, 100 %.
double ScaleOf(const MergedTree& tree, MergedTree::Side side, double value,
               Measure measure) {
  const double whole =
      std::isfinite(value) ? value * PageFactor(measure) : 100.0;
  return whole / tree.Total(side);
}

std::string Processes(int count) {
  return Counted(static_cast<size_t>(std::max(count, 0)), "process",
                 "processes");
}

std::string RemarkOf(const BenchmarkComparison& benchmark,
                     const MeasureComparison& measure) {
  std::string text = Processes(benchmark.old_processes) + " of old, " +
                     Processes(benchmark.new_processes) + " of new";
  if (std::isfinite(measure.detectable)) {
    text += "; a function is found if it changes the benchmark by " +
            Percent(measure.detectable) + " or more";
  }
  return text;
}

class PageMaker {
 public:
  PageMaker(const Comparison& comparison, const ComparisonInputs& inputs)
      : comparison_(comparison), inputs_(inputs), profiles_(inputs.functions) {
    for (BenchmarkPair& pair :
         PairBenchmarks(inputs.old_side, inputs.new_side)) {
      pairs_[pair.name] = std::move(pair);
    }
  }

  PageData Make() {
    data_.title = TitleOfComparison(comparison_, inputs_);
    data_.comparison.emplace();
    data_.comparison->old_title = comparison_.old_side.title;
    data_.comparison->new_title = comparison_.new_side.title;
    AddContext();
    AddMeasures();
    for (const BenchmarkComparison* benchmark : ByImportance(comparison_)) {
      AddBenchmark(*benchmark);
    }
    DropKindsWithoutTrees();
    NameFrames();
    data_.comparison->warnings = WarningsOf(comparison_);
    for (const std::string& problem : profiles_.problems()) {
      data_.comparison->warnings.push_back(problem);
    }
    return std::move(data_);
  }

 private:
  // What is the same on both sides stands once.
  void AddContext() {
    const auto before = ContextRows(comparison_.old_side.context);
    const auto after = ContextRows(comparison_.new_side.context);
    std::map<std::string, std::string> left(after.begin(), after.end());
    for (const auto& [name, value] : before) {
      const auto other = left.find(name);
      if (other != left.end() && other->second == value) {
        data_.context.emplace_back(name, value);
      } else {
        data_.context.emplace_back(name + ", old", value);
        if (other == left.end()) continue;
        data_.context.emplace_back(name + ", new", other->second);
      }
      left.erase(other);
    }
    for (const auto& [name, value] : left) {
      data_.context.emplace_back(name + ", new", value);
    }
  }

  // Those that any benchmark has, and a kind of profiles for each.
  void AddMeasures() {
    for (const MeasureRow& row : MeasureRows()) {
      const bool is_there = std::any_of(
          comparison_.benchmarks.begin(), comparison_.benchmarks.end(),
          [&](const BenchmarkComparison& benchmark) {
            return Find(benchmark, row.measure) != nullptr;
          });
      if (!is_there) continue;
      measures_.push_back(row.measure);
      data_.comparison->measures.push_back(PageMeasureOf(row.measure));
      data_.kinds.push_back(PageKindOf(row.measure));
      if (!HasValues(row.measure)) data_.kinds.back().unit = kShareUnit;
    }
  }

  // Whether any benchmark has values: profiles of whole programs have none.
  bool HasValues(Measure measure) const {
    return std::any_of(
        comparison_.benchmarks.begin(), comparison_.benchmarks.end(),
        [&](const BenchmarkComparison& benchmark) {
          const MeasureComparison* found = Find(benchmark, measure);
          return found != nullptr && std::isfinite(found->old_value) &&
                 std::isfinite(found->new_value);
        });
  }

  static const MeasureComparison* Find(const BenchmarkComparison& benchmark,
                                       Measure measure) {
    for (const MeasureComparison& each : benchmark.measures) {
      if (each.measure == measure) return &each;
    }
    return nullptr;
  }

  void AddBenchmark(const BenchmarkComparison& benchmark) {
    PageBenchmark page;
    page.name = benchmark.name;
    page.label = "benchmark";
    page.verdict = PageVerdictOf(benchmark.verdict);
    page.notes = NotesOf(benchmark);
    std::set<Measure> wanted;
    for (const MeasureComparison& measure : benchmark.measures) {
      wanted.insert(measure.measure);
      // Then values are per operation.
      if (std::isfinite(measure.old_value)) page.iterations = 1;
    }
    const auto pair = pairs_.find(benchmark.name);
    auto trees = pair == pairs_.end() ? std::map<Measure, MergedTree>{}
                                      : profiles_.Merge(pair->second, wanted);
    for (const Measure kind : measures_) {
      const MeasureComparison* measure = Find(benchmark, kind);
      page.changes.emplace_back();
      page.profiles.emplace_back();
      if (measure == nullptr) continue;
      page.changes.back() = PageChangeOf(*measure, kind);
      const auto merged = trees.find(kind);
      if (merged == trees.end()) continue;
      page.profiles.back() = TreeOf(*measure, &merged->second);
      if (page.profiles.back()) {
        page.profiles.back()->remark = RemarkOf(benchmark, *measure);
      }
    }
    data_.benchmarks.push_back(std::move(page));
  }

  std::optional<PageTree> TreeOf(const MeasureComparison& measure,
                                 MergedTree* merged) {
    const Measure kind = measure.measure;
    if (!(merged->Total(MergedTree::kOld) > 0) ||
        !(merged->Total(MergedTree::kNew) > 0)) {
      return std::nullopt;
    }
    const bool is_known =
        std::isfinite(measure.old_value) && std::isfinite(measure.new_value);
    // Shares and values do not go into one unit.
    if (!is_known && HasValues(kind)) return std::nullopt;
    const double old_scale =
        ScaleOf(*merged, MergedTree::kOld, measure.old_value, kind);
    const double new_scale =
        ScaleOf(*merged, MergedTree::kNew, measure.new_value, kind);
    PageTree tree = merged->Finish(
        old_scale, new_scale,
        DivisorFor(std::max(old_scale * merged->Total(MergedTree::kOld),
                            new_scale * merged->Total(MergedTree::kNew))));
    MarkAbove(profiles_.frames()->frames(), &tree);
    for (const FunctionChange& change : measure.functions) {
      PageFunctionChange page{PageChangeOf(change, kind),
                              profiles_.FrameOf(change.function), change.note};
      names_[page.frame] = change.name;
      tree.changes.push_back(std::move(page));
    }
    return tree;
  }

  void DropKindsWithoutTrees() {
    for (size_t i = data_.kinds.size(); i-- > 0;) {
      const bool has_tree =
          std::any_of(data_.benchmarks.begin(), data_.benchmarks.end(),
                      [&](const PageBenchmark& benchmark) {
                        return benchmark.profiles[i].has_value();
                      });
      if (has_tree) continue;
      const auto at = static_cast<std::ptrdiff_t>(i);
      data_.kinds.erase(data_.kinds.begin() + at);
      for (PageBenchmark& benchmark : data_.benchmarks) {
        benchmark.profiles.erase(benchmark.profiles.begin() + at);
      }
    }
  }

  // As the other outputs of the comparison call them.
  void NameFrames() {
    data_.frames = profiles_.frames()->Take();
    for (const auto& [frame, name] : names_) data_.frames[frame].name = name;
    if (!inputs_.full_names) return;
    for (PageFrame& frame : data_.frames) frame.name = frame.full_name;
  }

  const Comparison& comparison_;
  const ComparisonInputs& inputs_;
  MergedProfiles profiles_;
  std::unordered_map<std::string, BenchmarkPair> pairs_;
  std::vector<Measure> measures_;
  std::map<uint32_t, std::string> names_;  // of frames
  PageData data_;
};

}  // namespace

std::string TitleOfComparison(const Comparison& comparison,
                              const ComparisonInputs& inputs) {
  if (!inputs.title.empty()) return inputs.title;
  return comparison.old_side.title + " \xe2\x86\x92 " +
         comparison.new_side.title;
}

std::vector<std::string> WarningsOf(const Comparison& comparison) {
  std::vector<std::string> warnings = comparison.warnings;
  if (comparison.machine_drift != 0) {
    warnings.push_back("the whole suite moved by " +
                       ChangeText(comparison.machine_drift) +
                       ", as if by another machine: verdicts are about the "
                       "rest");
  }
  return warnings;
}

std::vector<std::string> NotesOf(const BenchmarkComparison& benchmark) {
  std::vector<std::string> notes = benchmark.notes;
  for (const MeasureComparison& measure : benchmark.measures) {
    if (measure.verdict != Verdict::kUndecided || measure.runs_to_decide <= 0) {
      continue;
    }
    notes.push_back(std::string(RowOf(measure.measure).label) + ": " +
                    Processes(measure.runs_to_decide) +
                    " a side would decide it");
  }
  return notes;
}

PageData PageOfComparison(const Comparison& comparison,
                          const ComparisonInputs& inputs) {
  return PageMaker(comparison, inputs).Make();
}

}  // namespace bench_profiler
