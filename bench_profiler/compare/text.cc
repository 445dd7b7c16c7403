#include "bench_profiler/compare/text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <vector>

#include "bench_profiler/compare/importance.h"
#include "bench_profiler/compare/text_table.h"
#include "bench_profiler/compare/value_text.h"

namespace bench_profiler {
namespace {

constexpr size_t kUnchangedBenchmarks = 50;

size_t CountOf(const Comparison& comparison, Verdict verdict) {
  return static_cast<size_t>(std::count_if(
      comparison.benchmarks.begin(), comparison.benchmarks.end(),
      [verdict](const BenchmarkComparison& benchmark) {
        return !benchmark.measures.empty() && benchmark.verdict == verdict;
      }));
}

std::string SideText(const SideSummary& side) {
  return OneLine(side.title) + " (" +
         Counted(static_cast<size_t>(std::max(side.processes, 0)), "process",
                 "processes") +
         ")";
}

// " (instructions/op)" if that is what verdicts are about, and not times.
std::string VerdictMeasure(const Comparison& comparison) {
  const MeasureRow* found = nullptr;
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    if (benchmark.measures.empty()) continue;
    const MeasureRow& row = RowOf(benchmark.measures.front().measure);
    if (found != nullptr && found != &row) return "";
    found = &row;
  }
  if (found == nullptr || found->measure == Measure::kTime) return "";
  return std::string(" (") + found->label + ")";
}

// What a headline about times does not say.
std::string QuietFunctions(const Comparison& comparison) {
  size_t count = 0;
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    if (benchmark.measures.empty() || IsChanged(benchmark.verdict)) continue;
    count += HasChangedFunction(benchmark.measures.front()) ? 1 : 0;
  }
  if (count == 0) return "";
  return "functions changed in " + Counted(count, "benchmark", "benchmarks") +
         " that " + (count == 1 ? "is" : "are") + " undecided or unchanged\n";
}

// "allocs/op: more in 2 benchmarks, less in 1"
std::string OtherMeasures(const Comparison& comparison) {
  std::string text;
  for (const MeasureRow& row : MeasureRows()) {
    size_t more = 0;
    size_t less = 0;
    for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
      for (size_t i = 1; i < benchmark.measures.size(); ++i) {
        const MeasureComparison& measure = benchmark.measures[i];
        if (measure.measure != row.measure) continue;
        more += measure.verdict == Verdict::kSlower ? 1 : 0;
        less += measure.verdict == Verdict::kFaster ? 1 : 0;
      }
    }
    if (more + less == 0) continue;
    text += std::string(row.label) + ":";
    if (more > 0)
      text += " more in " + Counted(more, "benchmark", "benchmarks");
    if (less > 0) {
      text += (more > 0 ? ", less in " : " less in ") +
              Counted(less, "benchmark", "benchmarks");
    }
    text += "\n";
  }
  return text;
}

std::string Percent(double part) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.2g %%", 100 * part);
  return text;
}

// What the reader needs to know to believe the table, or not.
std::string Explanations(const Comparison& comparison) {
  double least = INFINITY;
  double most = 0;
  bool has_functions = false;
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    for (const MeasureComparison* measure : ShownMeasures(benchmark)) {
      has_functions = has_functions || !measure->functions.empty();
      if (!std::isfinite(measure->detectable) ||
          RowOf(measure->measure).is_exact) {
        continue;
      }
      least = std::min(least, measure->detectable);
      most = std::max(most, measure->detectable);
    }
  }
  std::string text;
  if (has_functions) {
    text +=
        "Functions: what they cost without what they call, and the change "
        "in percent of\ntheir benchmark.";
    if (most > 0) {
      text += "\nOne that has a tenth of it is found from a change by " +
              Percent(least) + " on";
      if (Percent(most) != Percent(least)) {
        text += "; with few samples, " + Percent(most);
      }
      text += ".";
    }
    text += "\n";
  }
  return text;
}

}  // namespace

std::string Headline(const Comparison& comparison) {
  size_t all = 0;
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    all += benchmark.measures.empty() ? 0 : 1;
  }
  if (all == 0) return "no benchmark is on both sides";
  const std::pair<Verdict, const char*> verdicts[] = {
      {Verdict::kSlower, "slower"},
      {Verdict::kFaster, "faster"},
      {Verdict::kUnchanged, "unchanged"},
      {Verdict::kUndecided, "undecided"},
  };
  std::string text;
  for (const auto& [verdict, name] : verdicts) {
    const size_t count = CountOf(comparison, verdict);
    if (count == 0) continue;
    if (!text.empty()) {
      text += ", " + std::to_string(count) + (count == 1 ? " is " : " are ");
    } else if (count == all && all > 1) {
      text += "all " + std::to_string(all) + " benchmarks are ";
    } else if (count == all) {
      text += "the benchmark is ";
    } else {
      text += std::to_string(count) + " of " + std::to_string(all) +
              " benchmarks " + (count == 1 ? "is " : "are ");
    }
    text += name;
  }
  return text + VerdictMeasure(comparison);
}

std::string ComparisonAsText(const Comparison& comparison,
                             const ComparisonInputs& inputs) {
  std::string text;
  if (!inputs.title.empty()) text += OneLine(inputs.title) + "\n";
  text += Headline(comparison) + "\n" + QuietFunctions(comparison) +
          OtherMeasures(comparison) + "from " + SideText(comparison.old_side) +
          " to " + SideText(comparison.new_side) + ", per operation\n";
  for (const std::string& warning : comparison.warnings) {
    text += "warning: " + OneLine(warning) + "\n";
  }
  ComparisonTable table(inputs.full_names);
  table.AddHead();
  size_t unchanged = 0;
  for (const BenchmarkComparison* const benchmark : ByImportance(comparison)) {
    const bool is_plain =
        benchmark->verdict == Verdict::kUnchanged &&
        ShownMeasures(*benchmark).size() <= 1 && benchmark->notes.empty() &&
        !std::any_of(benchmark->measures.begin(), benchmark->measures.end(),
                     &HasChangedFunction);
    if (is_plain && ++unchanged > kUnchangedBenchmarks) continue;
    table.Add(*benchmark);
  }
  if (unchanged > kUnchangedBenchmarks) {
    table.AddLine("and " + std::to_string(unchanged - kUnchangedBenchmarks) +
                  " more that are unchanged");
  }
  text += "\n" + table.text();
  const std::string explanations = Explanations(comparison);
  return explanations.empty() ? text : text + "\n" + explanations;
}

}  // namespace bench_profiler
