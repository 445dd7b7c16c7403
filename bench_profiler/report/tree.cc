#include "bench_profiler/report/tree.h"

#include "bench_profiler/report/columns.h"
#include "bench_profiler/report/graph_order.h"
#include "bench_profiler/report/header.h"
#include "bench_profiler/report/measurement.h"
#include "bench_profiler/report/pattern.h"
#include "bench_profiler/report/trimmed_graph.h"
#include "bench_profiler/report/value_format.h"

namespace bench_profiler {
namespace {

constexpr char kSeparator[] =
    "----------------------------------------------------------+-------------"
    "\n";
// Ends as pprof's does.
constexpr char kLegend[] =
    "      flat  flat%   sum%        cum   cum%   calls calls% + context \t "
    "\t \n";

class BlockWriter {
 public:
  BlockWriter(const PreparedReport& report, const Graph& graph,
              const ValueFormat& format, std::string* out)
      : report_(report), graph_(graph), format_(format), out_(out) {}

  void Write(const GraphNode& node, const std::string& name) {
    const int64_t flat = node.cost.FlatValue();
    const int64_t cum = node.cost.CumValue();
    *out_ += kSeparator;
    for (const uint32_t edge : SortedEdges(graph_, node.in)) {
      WriteEdge(graph_.edges[edge], graph_.edges[edge].source, cum);
    }
    sum_ += flat;
    *out_ += RightAligned(format_(flat), 10) + " " +
             Percentage(flat, report_.total) + " " +
             Percentage(sum_, report_.total) + " " +
             RightAligned(format_(cum), 10) + " " +
             Percentage(cum, report_.total) + "                | " + name +
             "\n";
    for (const uint32_t edge : SortedEdges(graph_, node.out)) {
      WriteEdge(graph_.edges[edge], graph_.edges[edge].target, cum);
    }
  }

 private:
  void WriteEdge(const GraphEdge& edge, uint32_t other, int64_t cum) {
    *out_ += RightAligned(format_(edge.weight), 50) + " " +
             Percentage(edge.weight, cum) + " |   " +
             graph_.InfoOf(graph_.nodes[other]).PrintableName() +
             (edge.is_inlined ? " (inline)" : "") + "\n";
  }

  const PreparedReport& report_;
  const Graph& graph_;
  const ValueFormat& format_;
  std::string* const out_;
  int64_t sum_ = 0;
};

}  // namespace

bool WriteTree(const PreparedReport& report, std::string* out,
               std::string* error) {
  Pattern pattern;
  if (!pattern.Compile("the argument", report.pattern, error)) return false;
  const TrimmedGraph trimmed = TrimGraph(report, GraphUse::kText);
  const Graph& graph = trimmed.graph;
  const ValueFormat format = FormatFor(report, graph);
  std::string text =
      JoinLines(GraphHeader(report, trimmed, format, GraphUse::kText));
  text += kSeparator;
  text += kLegend;
  BlockWriter writer(report, graph, format, &text);
  bool has_matched = false;
  for (const uint32_t id : graph.shown) {
    const std::string name = graph.InfoOf(graph.nodes[id]).PrintableName();
    if (pattern.is_set() && !pattern.Matches(name)) continue;
    has_matched = true;
    writer.Write(graph.nodes[id], name);
  }
  if (!graph.shown.empty()) text += kSeparator;
  if (pattern.is_set() && !has_matched) {
    *error = "no matches found for regexp: " + report.pattern;
    return false;
  }
  *out += text;
  return true;
}

}  // namespace bench_profiler
