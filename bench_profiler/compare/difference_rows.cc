#include "bench_profiler/compare/difference_rows.h"

#include <algorithm>
#include <vector>

#include "bench_profiler/compare/importance.h"
#include "bench_profiler/compare/page_of_comparison.h"
#include "bench_profiler/compare/value_text.h"
#include "bench_profiler/html/escape.h"

namespace bench_profiler {
namespace {

// As in static_rows.h: the others are in a part of the page that is closed.
constexpr size_t kOpenBenchmarks = 100;
constexpr size_t kFunctions = 5;  // of each measure of a benchmark
constexpr size_t kMaxName = 100;
constexpr int kColumns = 6;

std::string Cell(const std::string& text) { return "<td>" + EscapeHtml(text); }

std::string WideRow(const std::string& text) {
  return "<tr><td colspan=" + std::to_string(kColumns) + ">" +
         EscapeHtml(text) + "\n";
}

std::string Cut(const std::string& name) {
  return name.size() <= kMaxName ? name
                                 : name.substr(0, kMaxName) + "\xe2\x80\xa6";
}

std::string InBrackets(const std::string& text) {
  return text.empty() ? "" : " (" + text + ")";
}

// "Parse slower: 100 ns -> 130 ns, +3.0 % (+2.1 % to +3.9 %)", of those that
// changed.
std::string FunctionsText(const MeasureComparison& measure, bool full_names) {
  const Measure kind = measure.measure;
  std::string text;
  size_t shown = 0;
  for (const FunctionChange& function : measure.functions) {
    if (!IsChanged(function.verdict) || shown++ == kFunctions) break;
    text += (text.empty() ? "" : "; ") +
            Cut(full_names ? function.full_name : function.name) + " " +
            VerdictText(kind, function.verdict) + ": " +
            ValueText(kind, function.old_value) + " \xe2\x86\x92 " +
            ValueText(kind, function.new_value) + ", " +
            ChangeText(function.change) + " of the benchmark" +
            InBrackets(IntervalText(function.interval));
    if (!function.note.empty()) text += ", " + function.note;
  }
  return text;
}

// The first measure stands for the benchmark; others are told by their label.
std::string RowsOfMeasure(const std::string& name,
                          const MeasureComparison& measure, bool is_first,
                          bool full_names) {
  const Measure kind = measure.measure;
  std::string html = "<tr><th scope=row>" + (is_first ? EscapeHtml(name) : "");
  if (kind != Measure::kTime) {
    html += std::string(is_first ? " " : "") + RowOf(kind).label;
  }
  html += Cell(VerdictText(kind, measure.verdict)) +
          Cell(ValueText(kind, measure.old_value)) +
          Cell(ValueText(kind, measure.new_value)) +
          Cell(ChangeText(measure.change)) +
          Cell(IntervalText(measure.interval)) + "\n";
  const std::string functions = FunctionsText(measure, full_names);
  return functions.empty() ? html : html + WideRow(functions);
}

std::string BenchmarkRows(const BenchmarkComparison& benchmark,
                          bool full_names) {
  std::string html;
  for (const MeasureComparison* measure : ShownMeasures(benchmark)) {
    html += RowsOfMeasure(benchmark.name, *measure, html.empty(), full_names);
  }
  if (html.empty()) {
    html = "<tr><th scope=row>" + EscapeHtml(benchmark.name) + "\n";
  }
  for (const std::string& note : NotesOf(benchmark)) html += WideRow(note);
  return html;
}

std::string Table(const std::vector<const BenchmarkComparison*>& benchmarks,
                  size_t begin, size_t end, const std::string& attributes,
                  bool full_names) {
  std::string html = "<table" + attributes +
                     "><thead><tr><th scope=col>name<th scope=col>verdict"
                     "<th scope=col>old<th scope=col>new<th scope=col>change"
                     "<th scope=col>at 95 %</thead><tbody>\n";
  for (size_t i = begin; i < end; ++i) {
    html += BenchmarkRows(*benchmarks[i], full_names);
  }
  return html + "</tbody></table>\n";
}

}  // namespace

std::string DifferenceRows(const Comparison& comparison, const PageData& data,
                           bool full_names) {
  std::string html = "<h1>" + EscapeHtml(data.title) + "</h1>\n";
  html += "<p>Old is " + EscapeHtml(comparison.old_side.title) + ", new is " +
          EscapeHtml(comparison.new_side.title) +
          "; values are per operation.</p>\n";
  if (data.comparison && !data.comparison->warnings.empty()) {
    html += "<ul class=\"warnings\">\n";
    for (const std::string& warning : data.comparison->warnings) {
      html += "<li>" + EscapeHtml(warning) + "\n";
    }
    html += "</ul>\n";
  }
  const std::vector<const BenchmarkComparison*> benchmarks =
      ByImportance(comparison);
  const size_t size = benchmarks.size();
  const size_t open = std::min(size, kOpenBenchmarks);
  html += Table(benchmarks, 0, open, " id=\"suite\"", full_names);
  if (open < size) {
    html += "<details><summary>" + std::to_string(size - open) +
            " more</summary>\n" +
            Table(benchmarks, open, size, "", full_names) + "</details>\n";
  }
  if (!data.context.empty()) {
    html += "<table id=\"context\"><tbody>\n";
    for (const auto& [name, value] : data.context) {
      html += "<tr><th scope=row>" + EscapeHtml(name) + Cell(value) + "\n";
    }
    html += "</tbody></table>\n";
  }
  return html;
}

}  // namespace bench_profiler
