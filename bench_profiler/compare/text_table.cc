#include "bench_profiler/compare/text_table.h"

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
constexpr int kValueColumns = 9;
constexpr int kChangeColumns = 16;
constexpr int kVerdictColumns = 9;

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
  // What is counted has no error.
  if (!(half > 0) || !std::isfinite(half) || !std::isfinite(change.change)) {
    return text;
  }
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

}  // namespace

std::string OneLine(std::string text) {
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = '?';
  }
  return text;
}

void ComparisonTable::AddHead() {
  text_ += Row("old", "new", "change", "verdict", "benchmark, its functions");
}

void ComparisonTable::Add(const BenchmarkComparison& benchmark) {
  const std::vector<const MeasureComparison*> shown = ShownMeasures(benchmark);
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

void ComparisonTable::AddLine(const std::string& name) {
  text_ += Row("", "", "", "", name);
}

// Those that changed; of a benchmark that changed without one of them, those
// that look most like it.
void ComparisonTable::AddFunctions(const MeasureComparison& measure,
                                   const std::string& indent) {
  const auto changed = static_cast<size_t>(std::count_if(
      measure.functions.begin(), measure.functions.end(),
      [](const FunctionChange& one) { return IsChanged(one.verdict); }));
  size_t places = std::min(changed, kChangedFunctions);
  if (changed == 0 && IsChanged(measure.verdict)) places = kOtherFunctions;
  for (size_t i = 0; i < measure.functions.size() && i < places; ++i) {
    const FunctionChange& function = measure.functions[i];
    text_ +=
        ChangeRow(measure.measure, function,
                  indent + (full_names_ ? function.full_name : function.name));
    if (!function.note.empty()) text_ += NoteRow(function.note);
  }
  if (changed > places) {
    AddLine(indent + "and " + std::to_string(changed - places) +
            " more functions");
  }
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

}  // namespace bench_profiler
