#include "bench_profiler/report/list.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "bench_profiler/report/columns.h"
#include "bench_profiler/report/graph.h"
#include "bench_profiler/report/measurement.h"
#include "bench_profiler/report/node_table.h"
#include "bench_profiler/report/pattern.h"
#include "bench_profiler/report/source_files.h"
#include "bench_profiler/report/value_format.h"

namespace bench_profiler {
namespace {

constexpr int64_t kMargin = 5;  // lines around those with samples

struct LineCost {
  int64_t flat = 0;
  int64_t cum = 0;
};

// What a function costs in one file.
struct Routine {
  int64_t first = INT64_MAX;  // of the lines to show
  int64_t last = 0;
  LineCost sum;
  std::map<int64_t, LineCost> lines;

  void Add(const NodeInfo& info, const Cost& cost) {
    const bool has_start = info.start_line != 0;
    first = std::min(first, has_start ? info.start_line : info.line - kMargin);
    last = std::max(last, info.line + kMargin);
    for (LineCost* each : {&sum, &lines[info.line]}) {
      each->flat += cost.flat;
      each->cum += cost.cum;
    }
  }
};

// By function, and then by file; "" for functions whose file is not known.
using Routines = std::map<std::string, std::map<std::string, Routine>>;

std::string ValueOrDot(int64_t value, const ValueFormat& format) {
  return value == 0 ? "." : format(value);
}

void AppendLines(const Routine& routine, const ValueFormat& format,
                 const std::vector<std::string>& source, std::string* out) {
  const int64_t first = std::max<int64_t>(routine.first, 1);
  const auto lines = static_cast<int64_t>(source.size());
  const int64_t last = std::min(routine.last, lines);
  for (int64_t line = first; line <= last; ++line) {
    const auto found = routine.lines.find(line);
    const LineCost cost =
        found == routine.lines.end() ? LineCost() : found->second;
    *out += RightAligned(ValueOrDot(cost.flat, format), 10) + " " +
            RightAligned(ValueOrDot(cost.cum, format), 10) + " " +
            RightAligned(std::to_string(line), 6) + ":" +
            source[static_cast<size_t>(line) - 1] + "\n";
  }
}

void AppendFunction(const PreparedReport& report, const std::string& name,
                    const std::map<std::string, Routine>& routines,
                    const ValueFormat& format, SourceFiles* sources,
                    std::string* out) {
  bool has_file = false;
  for (const auto& [file, routine] : routines) {
    if (file.empty()) continue;
    has_file = true;
    *out += "ROUTINE ======================== " + name + " in " + file + "\n" +
            RightAligned(format(routine.sum.flat), 10) + " " +
            RightAligned(format(routine.sum.cum), 10) + " (flat, cum) " +
            Percentage(routine.sum.cum, report.total) + " of Total\n";
    std::string error;
    const std::vector<std::string>* const lines = sources->Lines(file, &error);
    if (lines == nullptr) {
      *out += " Error: " + error + "\n";
    } else {
      AppendLines(routine, format, *lines, out);
    }
  }
  if (!has_file) *out += "No source information for " + name + "\n";
}

}  // namespace

bool WriteList(const PreparedReport& report, std::string* out,
               std::string* error) {
  Pattern pattern;
  if (!pattern.Compile("list", report.pattern, error)) return false;
  NodeTable::Options table_options;
  table_options.keep_modules = true;
  table_options.trim_path = report.options.trim_path;
  table_options.source_path = report.options.source_path;
  const NodeTable table(report.profile, table_options);
  Graph graph(&table);
  graph.AddSamples(report, nullptr, Graph::kNodesOnly);
  graph.SelectNodes(report.options.drop_negative);
  Routines routines;
  for (const uint32_t id : graph.shown) {
    const GraphNode& node = graph.nodes[id];
    const NodeInfo& info = graph.InfoOf(node);
    if (pattern.is_set() && !pattern.Matches(info.name)) continue;
    routines[info.name][info.file].Add(info, node.cost);
  }
  if (routines.empty()) {
    *error = "no matches found for regexp: " + report.pattern;
    return false;
  }
  const ValueFormat format = FormatFor(report);
  SourceFiles sources(report.options.source_path, report.options.trim_path);
  *out += "Total: " + format(report.total) + "\n";
  for (const auto& [name, files] : routines) {
    AppendFunction(report, name, files, format, &sources, out);
  }
  return true;
}

}  // namespace bench_profiler
