#include "bench_profiler/report/dot.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "bench_profiler/report/dot_tags.h"
#include "bench_profiler/report/dot_text.h"
#include "bench_profiler/report/graph_order.h"
#include "bench_profiler/report/header.h"
#include "bench_profiler/report/measurement.h"
#include "bench_profiler/report/paths.h"
#include "bench_profiler/report/trimmed_graph.h"
#include "bench_profiler/report/value_format.h"

namespace bench_profiler {
namespace {

std::string Share(int64_t value, int64_t total) {
  const std::string share = Percentage(value, total);
  return " (" + share.substr(share.find_first_not_of(' ')) + ")";
}

std::string TitleOf(const ParsedProfile& profile) {
  if (profile.mappings.empty() || profile.mappings.front().path.empty()) {
    return "";
  }
  return BaseName(profile.mappings.front().path);
}

std::string Legend(const std::vector<std::string>& lines,
                   const std::string& title) {
  std::string text;
  for (const std::string& line : lines) {
    text += (text.empty() ? "" : "\\l") + EscapeForDot(line);
  }
  return "subgraph cluster_L { \"" + EscapeForDot(lines.front()) +
         "\" [shape=box fontsize=16 label=\"" + text + "\\l\"" +
         (title.empty() ? "" : " tooltip=\"" + title + "\"") + "] }\n";
}

class Picture {
 public:
  Picture(const PreparedReport& report, const Graph& graph,
          const ValueFormat& format, std::string* out)
      : report_(report),
        graph_(graph),
        format_(format),
        out_(out),
        numbers_(graph.nodes.size()),
        has_tags_(graph.nodes.size()) {
    for (size_t i = 0; i < graph.shown.size(); i++) {
      const GraphNode& node = graph.nodes[graph.shown[i]];
      numbers_[graph.shown[i]] = i + 1;
      max_flat_ =
          std::max(max_flat_, static_cast<double>(Abs(node.cost.FlatValue())));
    }
  }

  void Draw() {
    std::vector<uint32_t> edges;
    for (const uint32_t id : graph_.shown) {
      const GraphNode& node = graph_.nodes[id];
      DrawNode(node, numbers_[id]);
      const std::vector<uint32_t> out = graph_.LeftOf(node.out);
      edges.insert(edges.end(), out.begin(), out.end());
      const std::string tags =
          DotTags(node, numbers_[id], /*by_flat=*/!out.empty(), format_);
      has_tags_[id] = !tags.empty();
      *out_ += tags;
    }
    // The heaviest first: a hint for the layout.
    for (const uint32_t edge : SortedEdges(graph_, edges)) {
      DrawEdge(graph_.edges[edge]);
    }
  }

 private:
  void DrawNode(const GraphNode& node, size_t number) {
    const NodeInfo& info = graph_.InfoOf(node);
    const int64_t flat = node.cost.FlatValue();
    const int64_t cum = node.cost.CumValue();
    std::string label = NameInBox(info);
    label += flat == 0 ? "0" : format_(flat) + Share(flat, report_.total);
    if (cum != flat) {
      label += (flat != 0 ? "\\n" : " ");
      label += "of " + format_(cum) + Share(cum, report_.total);
    }
    // From 8 to 24 points, so that the area follows the cost.
    int font_size = 8;
    const auto size = static_cast<double>(Abs(flat));
    // Not so of the smallest number, which has no absolute value.
    if (max_flat_ != 0 && size > 0 && size <= max_flat_) {
      font_size +=
          static_cast<int>(std::ceil(16 * std::sqrt(size / max_flat_)));
    }
    const std::string id = std::to_string(number);
    *out_ += "N" + id + " [label=\"" + label + "\" id=\"node" + id +
             "\" fontsize=" + std::to_string(font_size) +
             " shape=box tooltip=\"" + EscapeForDot(info.PrintableName()) +
             " (" + format_(cum) + ")\" color=\"" + Color(cum, false) +
             "\" fillcolor=\"" + Color(cum, true) + "\"]\n";
  }

  void DrawEdge(const GraphEdge& edge) {
    const int64_t value = edge.Value();
    const std::string weight = format_(value);
    std::string text =
        "label=\" " + weight + (edge.is_inlined ? "\\n (inline)" : "") + "\"";
    if (report_.total != 0) {
      const auto part = [&](int64_t whole) {
        return std::min(Abs(Quotient(value * whole, report_.total)), whole);
      };
      if (part(100) > 0) text += " weight=" + std::to_string(1 + part(100));
      if (part(5) > 0) text += " penwidth=" + std::to_string(1 + part(5));
      text += " color=\"" + Color(value, false) + "\"";
    }
    const std::string tooltip = "\"" + EscapedName(edge.source) +
                                (edge.is_residual ? " ... " : " -> ") +
                                EscapedName(edge.target) + " (" + weight +
                                ")\"";
    text += " tooltip=" + tooltip + " labeltooltip=" + tooltip;
    if (edge.is_residual) text += " style=\"dotted\"";
    // Room for the boxes of labels.
    if (has_tags_[edge.source]) text += " minlen=2";
    *out_ += "N" + std::to_string(numbers_[edge.source]) + " -> N" +
             std::to_string(numbers_[edge.target]) + " [" + text + "]\n";
  }

  std::string Color(int64_t value, bool is_background) const {
    return DotColor(
        static_cast<double>(value) / static_cast<double>(Abs(report_.total)),
        is_background);
  }

  std::string EscapedName(uint32_t id) const {
    return EscapeForDot(graph_.InfoOf(graph_.nodes[id]).PrintableName());
  }

  const PreparedReport& report_;
  const Graph& graph_;
  const ValueFormat& format_;
  std::string* const out_;
  double max_flat_ = 0;
  std::vector<size_t> numbers_;  // of nodes in the picture, from 1 on
  std::vector<bool> has_tags_;
};

}  // namespace

bool WriteDot(const PreparedReport& report, std::string* out,
              std::string* /*error*/) {
  const TrimmedGraph trimmed = TrimGraph(report, GraphUse::kPicture);
  const ValueFormat format = FormatFor(report, trimmed.graph);
  const std::string title = TitleOf(report.profile);
  *out += "digraph \"" + (title.empty() ? "unnamed" : title) + "\" {\n";
  *out += "node [style=filled fillcolor=\"#f8f8f8\"]\n";
  *out +=
      Legend(GraphHeader(report, trimmed, format, GraphUse::kPicture), title);
  Picture(report, trimmed.graph, format, out).Draw();
  *out += "}\n";
  return true;
}

}  // namespace bench_profiler
