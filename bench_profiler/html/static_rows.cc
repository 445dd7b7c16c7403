#include "bench_profiler/html/static_rows.h"

#include <algorithm>
#include <map>
#include <vector>

#include "bench_profiler/html/escape.h"
#include "bench_profiler/html/quantity.h"
#include "bench_profiler/html/statistics.h"
#include "bench_profiler/html/wrapping_sum.h"

namespace bench_profiler {
namespace {

// Laying out a thousand rows takes a third of a second, and nobody reads them.
// The others are in a part of the page that is closed.
constexpr size_t kOpenRows = 100;
constexpr size_t kFunctions = 5;        // of each
constexpr size_t kClosedFunctions = 3;  // of those in the closed part

// A name that is longer says no more to somebody who looks at a list.
constexpr size_t kMaxName = 100;

struct Column {
  const char* name;  // in PageBenchmark::columns
  const char* title;
  const char* unit;
};

constexpr Column kColumns[] = {
    {"real", "time/op", "nanoseconds"},   {"cpu", "CPU/op", "nanoseconds"},
    {"allocs", "allocs/op", "count"},     {"bytes", "B/op", "bytes"},
    {"contentions", "waits/op", "count"}, {"delay", "waited/op", "nanoseconds"},
};

// Those that any benchmark has.
std::vector<Column> ShownColumns(const PageData& data) {
  std::vector<Column> shown;
  for (const Column& column : kColumns) {
    for (const PageBenchmark& benchmark : data.benchmarks) {
      if (benchmark.columns.count(column.name) == 0) continue;
      shown.push_back(column);
      break;
    }
  }
  return shown;
}

// HTML does without the ends of cells and rows, and a page of a thousand
// benchmarks is a tenth smaller for it.
std::string Cell(const std::string& text) { return "<td>" + text; }

std::string ColumnText(const PageBenchmark& benchmark, const Column& column) {
  const auto value = benchmark.columns.find(column.name);
  if (value == benchmark.columns.end()) return "";
  std::string text = Quantity(value->second, column.unit);
  const auto spread = benchmark.spread.find(column.name);
  if (spread != benchmark.spread.end()) {
    text += " \xc2\xb1 " + Percent(spread->second);
  }
  return text;
}

// The first profile that has anything in it; null if there is none.
const PageTree* FirstProfile(const PageData& data,
                             const PageBenchmark& benchmark, size_t* kind) {
  for (size_t i = 0; i < data.kinds.size(); ++i) {
    const auto& tree = benchmark.profiles[i];
    if (!tree || tree->total <= 0) continue;
    *kind = i;
    return &*tree;
  }
  return nullptr;
}

std::string ShortName(const std::string& name) {
  std::string text = name.substr(0, kMaxName);
  return EscapeHtml(text) + (text.size() < name.size() ? "\xe2\x80\xa6" : "");
}

// The functions with most of their own, in one line.
std::string FunctionsText(const PageData& data, const PageTree& tree,
                          const PageKind& kind, size_t count) {
  std::map<uint32_t, int64_t> own;
  for (const PageTree::Node& node : tree.nodes) {
    own[node.frame] = WrappingSum(own[node.frame], node.self);
  }
  std::vector<std::pair<uint32_t, int64_t>> order(own.begin(), own.end());
  std::stable_sort(
      order.begin(), order.end(),
      [](const auto& a, const auto& b) { return a.second > b.second; });
  if (order.size() > count) order.resize(count);
  std::string text;
  for (const auto& [frame, value] : order) {
    if (value <= 0) break;
    const double share =
        static_cast<double>(value) / static_cast<double>(tree.total);
    text +=
        (text.empty() ? EscapeHtml(kind.title) + ": " : "; ") + Percent(share);
    if (tree.samples > 0) {
      const auto samples = static_cast<double>(tree.samples);
      text += " \xc2\xb1 " + Percent(ShareError(share * samples, samples));
    }
    text += " " + ShortName(data.frames[frame].name);
  }
  return text;
}

std::string Rows(const PageData& data, const std::vector<Column>& columns,
                 size_t begin, size_t end) {
  std::string rows;
  for (size_t i = begin; i < end; ++i) {
    const PageBenchmark& benchmark = data.benchmarks[i];
    rows += "<tr><th scope=row>" + EscapeHtml(benchmark.name) +
            (benchmark.is_complete ? "" : " (not finished)");
    for (const Column& column : columns) {
      rows += Cell(ColumnText(benchmark, column));
    }
    size_t kind = 0;
    const PageTree* tree = FirstProfile(data, benchmark, &kind);
    const bool counted = tree != nullptr && tree->samples >= 0;
    rows += Cell(counted ? std::to_string(tree->samples) : "") + "\n";
    if (tree == nullptr) continue;
    const std::string functions =
        FunctionsText(data, *tree, data.kinds[kind],
                      i < kOpenRows ? kFunctions : kClosedFunctions);
    if (functions.empty()) continue;
    rows += "<tr><td colspan=" + std::to_string(columns.size() + 2) + ">" +
            functions + "\n";
  }
  return rows;
}

std::string Table(const PageData& data, const std::vector<Column>& columns,
                  const std::string& attributes, size_t begin, size_t end) {
  std::string html = "<table" + attributes + "><thead><tr><th scope=col>" +
                     (data.mode == PageMode::kSuite ? "name" : "program");
  for (const Column& column : columns) {
    html += "<th scope=col>" + std::string(column.title);
  }
  return html + "<th scope=col>samples</thead><tbody>\n" +
         Rows(data, columns, begin, end) + "</tbody></table>\n";
}

}  // namespace

std::string StaticRows(const PageData& data) {
  std::string html = "<h1>" + EscapeHtml(data.title) + "</h1>\n";
  if (!data.context.empty()) {
    html += "<table id=\"context\"><tbody>\n";
    for (const auto& [name, value] : data.context) {
      html += "<tr><th scope=row>" + EscapeHtml(name) +
              Cell(EscapeHtml(value)) + "\n";
    }
    html += "</tbody></table>\n";
  }
  const std::vector<Column> columns = ShownColumns(data);
  const size_t size = data.benchmarks.size();
  const size_t open = std::min(size, kOpenRows);
  html += Table(data, columns, " id=\"suite\"", 0, open);
  if (open < size) {
    html += "<details><summary>" + std::to_string(size - open) +
            " more</summary>\n" + Table(data, columns, "", open, size) +
            "</details>\n";
  }
  return html;
}

}  // namespace bench_profiler
