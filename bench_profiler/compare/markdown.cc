#include "bench_profiler/compare/markdown.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <vector>

#include "bench_profiler/compare/importance.h"
#include "bench_profiler/compare/limited_text.h"
#include "bench_profiler/compare/markdown_text.h"
#include "bench_profiler/compare/text.h"
#include "bench_profiler/compare/value_text.h"
#include "bench_profiler/html/quantity.h"

namespace bench_profiler {
namespace {

constexpr size_t kMaxBytes = 59'999;
constexpr size_t kKeptForEnd = 500;
constexpr size_t kOpenBenchmarks = 10;
constexpr size_t kOpenFunctions = 5;
constexpr size_t kFoldedFunctions = 15;  // of a benchmark
constexpr size_t kOpenLines = 5;         // of warnings, of notes

using Rows = std::vector<std::string>;

// The head of a table of changes, whose first column has the names.
std::string Head(const std::string& names, const std::string& change) {
  return "| " + names + " | | old | new | " + change +
         " | 95 % interval |\n|:--|:--|--:|--:|--:|:--|\n";
}

std::string Row(const std::string& name, Measure measure, const Change& change,
                const std::string& verdict) {
  return "| " + TableCell(name) + " | " + verdict + " | " +
         ValueText(measure, change.old_value) + " | " +
         ValueText(measure, change.new_value) + " | " +
         ChangeText(change.change) + " | " + IntervalText(change.interval) +
         " |\n";
}

std::string ShownVerdict(Measure measure, Verdict verdict) {
  const std::string text = VerdictText(measure, verdict);
  return IsChanged(verdict) ? "**" + text + "**" : text;
}

Rows RowsOf(const BenchmarkComparison& benchmark) {
  Rows rows;
  for (const MeasureComparison* measure : ShownMeasures(benchmark)) {
    std::string name = CodeSpan(benchmark.name);
    if (measure->measure != Measure::kTime) {
      name += std::string(" ") + RowOf(measure->measure).label;
    }
    std::string verdict = ShownVerdict(measure->measure, measure->verdict);
    if (measure->verdict == Verdict::kUndecided &&
        measure->runs_to_decide > 0) {
      verdict += ", " + std::to_string(measure->runs_to_decide) +
                 " processes a side would decide";
    }
    rows.push_back(Row(name, measure->measure, *measure, verdict));
  }
  return rows;
}

std::string RowOfFunction(Measure measure, const FunctionChange& function,
                          bool full_names) {
  std::string name = CodeSpan(full_names ? function.full_name : function.name);
  if (!function.note.empty()) name += " " + PlainOrCode(function.note, 200);
  return Row(name, measure, function,
             IsChanged(function.verdict)
                 ? ShownVerdict(measure, function.verdict)
                 : "");
}

// Returns how many of the rows found no place.
size_t AddTable(const std::string& head, const Rows& rows, LimitedText* text) {
  if (rows.empty()) return 0;
  if (!text->Add(head)) return rows.size();
  size_t left_out = 0;
  for (const std::string& row : rows) {
    if (!text->Add(row)) ++left_out;
  }
  text->AddEnd("\n");
  return left_out;
}

// GitHub and GitLab read Markdown in HTML only behind an empty line.
size_t AddFolded(const std::string& summary, const std::string& head,
                 const Rows& rows, LimitedText* text) {
  if (rows.empty()) return 0;
  if (!text->Add("<details><summary>" + summary + "</summary>\n\n")) {
    return rows.size();
  }
  const size_t left_out = AddTable(head, rows, text);
  text->AddEnd("</details>\n\n");
  return left_out;
}

std::string SideText(const SideSummary& side) {
  return CodeSpan(side.title) + " (" +
         Counted(static_cast<size_t>(std::max(side.processes, 0)), "process",
                 "processes") +
         ")";
}

std::string Introduction(const Comparison& comparison,
                         const ComparisonInputs& inputs) {
  std::string headline = Headline(comparison);
  headline[0] = static_cast<char>(std::toupper(headline[0]));
  std::string text = "<!-- bench_profiler -->\n### " + headline;
  if (!inputs.title.empty()) text += ": " + CodeSpan(inputs.title);
  text += "\n\nFrom " + SideText(comparison.old_side) + " to " +
          SideText(comparison.new_side) + ", per operation.";
  if (comparison.machine_drift != 0) {
    text += " The whole suite moved by " +
            ChangeText(comparison.machine_drift) +
            ", which is taken for the machine's doing and left out.";
  }
  return text + "\n\n";
}

// "- OLD is a debug build", a few of them open. They have no table, so that the
// head of the folded ones is empty.
size_t AddLines(const Rows& lines, const std::string& more, LimitedText* text) {
  const size_t open = std::min(lines.size(), kOpenLines);
  const Rows shown(lines.begin(),
                   lines.begin() + static_cast<std::ptrdiff_t>(open));
  const Rows folded(lines.begin() + static_cast<std::ptrdiff_t>(open),
                    lines.end());
  return AddTable("", shown, text) +
         AddFolded(std::to_string(folded.size()) + " more " + more, "", folded,
                   text);
}

// Those that changed are open, the first of them; what else is known of the
// benchmark's functions is folded.
size_t AddFunctions(const BenchmarkComparison& benchmark,
                    const MeasureComparison& measure, bool full_names,
                    LimitedText* text) {
  const Measure kind = measure.measure;
  Rows open;
  Rows folded;
  for (const FunctionChange& function : measure.functions) {
    if (IsChanged(function.verdict) && open.size() < kOpenFunctions) {
      open.push_back(RowOfFunction(kind, function, full_names));
    } else if (folded.size() < kFoldedFunctions) {
      folded.push_back(RowOfFunction(kind, function, full_names));
    }
  }
  const size_t not_shown =
      measure.functions.size() - open.size() - folded.size();
  if (open.empty() && !IsChanged(measure.verdict)) return 0;
  std::string title =
      "**" + CodeSpan(benchmark.name) + "**, " + RowOf(kind).label + ": ";
  if (!open.empty()) {
    title += "the functions that changed";
  } else if (std::isfinite(measure.detectable)) {
    title += "no function changed by " + Percent(measure.detectable) +
             " of the benchmark or more";
  } else {
    title += "no function alone explains it";
  }
  title += "\n\n";
  if (!text->Add(title)) return open.size() + folded.size();
  const std::string head = Head("Function", "of the benchmark");
  size_t left_out = AddTable(head, open, text);
  const std::string of_them =
      not_shown == 0
          ? ""
          : ", the first of " + std::to_string(not_shown + folded.size());
  left_out += AddFolded(
      Counted(folded.size(), "more function", "more functions") + of_them, head,
      folded, text);
  return left_out;
}

Rows NotesOf(const Comparison& comparison) {
  Rows lines;
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    for (const std::string& note : benchmark.notes) {
      lines.push_back("- " + CodeSpan(benchmark.name) + ": " +
                      PlainOrCode(note) + "\n");
    }
  }
  return lines;
}

}  // namespace

std::string ComparisonAsMarkdown(const Comparison& comparison,
                                 const ComparisonInputs& inputs) {
  LimitedText text(kMaxBytes, kKeptForEnd);
  text.Add(Introduction(comparison, inputs));
  Rows warnings;
  for (const std::string& warning : comparison.warnings) {
    warnings.push_back("- " + PlainOrCode(warning) + "\n");
  }
  size_t left_out = AddLines(warnings, "warnings", &text);

  std::vector<const BenchmarkComparison*> open;
  Rows open_rows;
  Rows folded_rows;
  for (const BenchmarkComparison* benchmark : ByImportance(comparison)) {
    const Rows rows = RowsOf(*benchmark);
    const bool is_open =
        open.size() < kOpenBenchmarks && !rows.empty() &&
        (benchmark->verdict != Verdict::kUnchanged || rows.size() > 1);
    if (is_open) open.push_back(benchmark);
    Rows* to = is_open ? &open_rows : &folded_rows;
    to->insert(to->end(), rows.begin(), rows.end());
  }
  const std::string head = Head("Benchmark", "change");
  left_out += AddTable(head, open_rows, &text);
  for (const BenchmarkComparison* benchmark : open) {
    for (const MeasureComparison* measure : ShownMeasures(*benchmark)) {
      left_out += AddFunctions(*benchmark, *measure, inputs.full_names, &text);
    }
  }
  left_out += AddLines(NotesOf(comparison), "notes", &text);
  const size_t folded = comparison.benchmarks.size() - open.size();
  left_out +=
      AddFolded(Counted(folded, open.empty() ? "benchmark" : "more benchmark",
                        open.empty() ? "benchmarks" : "more benchmarks"),
                head, folded_rows, &text);
  if (left_out > 0) {
    text.AddEnd(Counted(left_out, "row was", "rows were") +
                " left out: a comment has to be short. JSON has all.\n");
  }
  return text.text();
}

}  // namespace bench_profiler
