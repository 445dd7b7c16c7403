#include "bench_profiler/compare/text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <vector>

#include "bench_profiler/compare/importance.h"
#include "bench_profiler/compare/value_text.h"

namespace bench_profiler {
namespace {

constexpr size_t kChangedFunctions = 10;  // of a measure
constexpr size_t kOtherFunctions = 3;     // if none is known to have changed
constexpr size_t kUnchangedBenchmarks = 50;
constexpr int kValueColumns = 9;
constexpr int kChangeColumns = 16;
constexpr int kVerdictColumns = 9;

// On one line: a name in a file may have anything in it, and could otherwise
// break rows, or move a terminal's cursor.
std::string OneLine(std::string text) {
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = '?';
  }
  return text;
}

// "±" has two bytes.
bool StartsCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
}

std::string PadLeft(const std::string& text, int columns) {
  const auto width = static_cast<int>(
      std::count_if(text.begin(), text.end(), &StartsCharacter));
  return std::string(static_cast<size_t>(std::max(columns - width, 0)), ' ') +
         text;
}

std::string PadRight(const std::string& text, int columns) {
  const auto width = static_cast<int>(text.size());
  return text +
         std::string(static_cast<size_t>(std::max(columns - width, 0)), ' ');
}

// "+5.1 % ± 1.1": half of the interval, in the change's percent.
std::string ChangeWithInterval(const Change& change) {
  std::string text = ChangeText(change.change);
  const double half = (change.interval.high - change.interval.low) / 2;
  if (!std::isfinite(half) || !std::isfinite(change.change)) return text;
  char error[32];
  std::snprintf(error, sizeof(error), 100 * half < 0.1 ? " ± %.2f" : " ± %.1f",
                100 * half);
  return text + error;
}

std::string Row(const std::string& old_value, const std::string& new_value,
                const std::string& change, const std::string& verdict,
                const std::string& name) {
  return PadLeft(old_value, kValueColumns) + "  " +
         PadLeft(new_value, kValueColumns) + "  " +
         PadLeft(change, kChangeColumns) + "  " +
         PadRight(verdict, kVerdictColumns) + "  " + name + "\n";
}

std::string ChangeRow(Measure measure, const Change& change,
                      const std::string& name) {
  return Row(ValueText(measure, change.old_value),
             ValueText(measure, change.new_value), ChangeWithInterval(change),
             VerdictText(measure, change.verdict), OneLine(name));
}

std::string NoteRow(const std::string& note) {
  return Row("", "", "", "", "    " + OneLine(note));
}

class Table {
 public:
  explicit Table(const ComparisonInputs& inputs) : inputs_(inputs) {}

  void Add(const BenchmarkComparison& benchmark) {
    const std::vector<const MeasureComparison*> shown =
        ShownMeasures(benchmark);
    if (shown.empty()) {
      text_ += Row("", "", "", "", OneLine(benchmark.name));
    }
    for (const MeasureComparison* const measure : shown) {
      const bool is_first = measure == shown.front();
      const std::string label = RowOf(measure->measure).label;
      std::string name = is_first ? benchmark.name : "  " + label;
      if (is_first && measure->measure != Measure::kTime) name += "  " + label;
      if (measure->verdict == Verdict::kUndecided &&
          measure->runs_to_decide > 0) {
        name += "  (" + std::to_string(measure->runs_to_decide) +
                " runs would decide)";
      }
      text_ += ChangeRow(measure->measure, *measure, name);
      AddFunctions(*measure, is_first ? "  " : "    ");
    }
    for (const std::string& note : benchmark.notes) text_ += NoteRow(note);
  }

  void AddLine(const std::string& name) { text_ += Row("", "", "", "", name); }

  const std::string& text() const { return text_; }

 private:
  // Those that changed; of a benchmark that changed without one of them, those
  // that look most like it.
  void AddFunctions(const MeasureComparison& measure,
                    const std::string& indent) {
    const auto changed = static_cast<size_t>(std::count_if(
        measure.functions.begin(), measure.functions.end(),
        [](const FunctionChange& one) { return IsChanged(one.verdict); }));
    size_t places = std::min(changed, kChangedFunctions);
    if (changed == 0 && IsChanged(measure.verdict)) places = kOtherFunctions;
    for (size_t i = 0; i < measure.functions.size() && i < places; ++i) {
      const FunctionChange& function = measure.functions[i];
      text_ += ChangeRow(
          measure.measure, function,
          indent + (inputs_.full_names ? function.full_name : function.name));
      if (!function.note.empty()) text_ += NoteRow(function.note);
    }
    if (changed > places) {
      AddLine(indent + "and " + std::to_string(changed - places) +
              " more functions");
    }
  }

  const ComparisonInputs& inputs_;
  std::string text_;
};

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
      if (!std::isfinite(measure->detectable)) continue;
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
      text += "\nOne that has a tenth of it is found if it changes by " +
              Percent(least) + " of it";
      if (Percent(most) != Percent(least)) {
        text += ", or " + Percent(most) + " where there are few samples";
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
  return text;
}

std::string_view VerdictOfRow(std::string_view line) {
  constexpr int kBefore = 2 * kValueColumns + kChangeColumns + 3 * 2;
  int column = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (!StartsCharacter(line[i]) || column++ < kBefore) continue;
    // What has a verdict has a change before it, and two blanks between.
    if (i < 3 || line[i - 3] == ' ' || line[i - 2] != ' ') return {};
    const std::string_view rest = line.substr(i);
    return rest.substr(0, rest.find(' '));
  }
  return {};
}

std::string ComparisonAsText(const Comparison& comparison,
                             const ComparisonInputs& inputs) {
  std::string text;
  if (!inputs.title.empty()) text += OneLine(inputs.title) + "\n";
  text += Headline(comparison) + "\n" + OtherMeasures(comparison) + "from " +
          SideText(comparison.old_side) + " to " +
          SideText(comparison.new_side) + ", per operation\n";
  for (const std::string& warning : comparison.warnings) {
    text += "warning: " + OneLine(warning) + "\n";
  }
  Table table(inputs);
  size_t unchanged = 0;
  for (const BenchmarkComparison* const benchmark : ByImportance(comparison)) {
    const bool is_plain = benchmark->verdict == Verdict::kUnchanged &&
                          ShownMeasures(*benchmark).size() <= 1 &&
                          benchmark->notes.empty();
    if (is_plain && ++unchanged > kUnchangedBenchmarks) continue;
    table.Add(*benchmark);
  }
  if (unchanged > kUnchangedBenchmarks) {
    table.AddLine("and " + std::to_string(unchanged - kUnchangedBenchmarks) +
                  " more that are unchanged");
  }
  text += "\n" +
          Row("old", "new", "change", "verdict", "benchmark, its functions") +
          table.text();
  const std::string explanations = Explanations(comparison);
  return explanations.empty() ? text : text + "\n" + explanations;
}

}  // namespace bench_profiler
