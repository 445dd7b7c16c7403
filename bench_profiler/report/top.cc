#include "bench_profiler/report/top.h"

#include "bench_profiler/report/columns.h"
#include "bench_profiler/report/header.h"
#include "bench_profiler/report/measurement.h"
#include "bench_profiler/report/trimmed_graph.h"
#include "bench_profiler/report/value_format.h"

namespace bench_profiler {
namespace {

// Whether its calls are inlined: all, some or none.
const char* InlineMark(const Graph& graph, const GraphNode& node) {
  bool has_inlined = false;
  bool has_called = false;
  for (const uint32_t edge : graph.LeftOf(node.in)) {
    (graph.edges[edge].is_inlined ? has_inlined : has_called) = true;
  }
  if (!has_inlined) return "";
  return has_called ? " (partial-inline)" : " (inline)";
}

}  // namespace

bool WriteTop(const PreparedReport& report, std::string* out,
              std::string* /*error*/) {
  const TrimmedGraph trimmed = TrimGraph(report, GraphUse::kText);
  const Graph& graph = trimmed.graph;
  const ValueFormat format = FormatFor(report, graph);
  *out += JoinLines(GraphHeader(report, trimmed, format, GraphUse::kText));
  *out += "      flat  flat%   sum%        cum   cum%\n";
  int64_t sum = 0;
  for (const uint32_t id : graph.shown) {
    const GraphNode& node = graph.nodes[id];
    const int64_t flat = node.cost.FlatValue();
    const int64_t cum = node.cost.CumValue();
    sum += flat;
    *out += RightAligned(format(flat), 10) + " " +
            Percentage(flat, report.total) + " " +
            Percentage(sum, report.total) + " " +
            RightAligned(format(cum), 10) + " " +
            Percentage(cum, report.total) + "  " +
            graph.InfoOf(node).PrintableName() + InlineMark(graph, node) + "\n";
  }
  return true;
}

}  // namespace bench_profiler
