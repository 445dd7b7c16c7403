#include "bench_profiler/report/graph_order.h"

#include <algorithm>
#include <cmath>

#include "bench_profiler/report/measurement.h"

namespace bench_profiler {
namespace {

// How much is to be learned from a node's edges: 0 for one edge, more for many
// of like weight (Shannon's entropy). `own` is what the node costs beside them.
double EdgeEntropy(const Graph& graph, const std::vector<uint32_t>& edges,
                   int64_t own) {
  int64_t total = own;
  for (const uint32_t edge : edges) {
    total += std::max<int64_t>(graph.edges[edge].weight, 0);
  }
  if (total == 0) return 0;
  double entropy = 0;
  const auto add = [&](int64_t weight) {
    const double share =
        static_cast<double>(weight) / static_cast<double>(total);
    entropy += -share * std::log2(share);
  };
  for (const uint32_t edge : edges) add(Abs(graph.edges[edge].weight));
  if (own > 0) add(own);
  return entropy;
}

// A node that only passes on what comes in is worth least.
int64_t EntropyScore(const Graph& graph, const GraphNode& node) {
  const std::vector<uint32_t> in = graph.LeftOf(node.in);
  const std::vector<uint32_t> out = graph.LeftOf(node.out);
  const double callers = in.empty() ? 1 : EdgeEntropy(graph, in, 0);
  const double callees =
      out.empty() ? 1 : EdgeEntropy(graph, out, node.cost.flat);
  return ToInt64((callers + callees) * static_cast<double>(node.cost.cum)) +
         node.cost.flat;
}

// What a node is sorted by: numbers from large to small, then the name.
struct SortRow {
  uint32_t id = 0;
  int64_t first = 0;
  int64_t second = 0;
  std::string name;
};

SortRow RowOf(NodeOrder order, const Graph& graph, uint32_t id) {
  const GraphNode& node = graph.nodes[id];
  SortRow row;
  row.id = id;
  row.name = graph.InfoOf(node).PrintableName();
  row.second = Abs(node.cost.flat);
  switch (order) {
    case NodeOrder::kFlat:
      row.first = Abs(node.cost.flat);
      row.second = Abs(node.cost.cum);
      break;
    case NodeOrder::kCum:
      row.first = Abs(node.cost.cum);
      break;
    case NodeOrder::kEntropy:
      row.first = Abs(EntropyScore(graph, node));
      break;
  }
  return row;
}

}  // namespace

int64_t Abs(int64_t value) { return value < 0 ? -value : value; }

void SortNodes(NodeOrder order, Graph* graph) {
  std::vector<SortRow> rows;
  rows.reserve(graph->shown.size());
  for (const uint32_t id : graph->shown) {
    rows.push_back(RowOf(order, *graph, id));
  }
  std::sort(rows.begin(), rows.end(),
            [graph](const SortRow& left, const SortRow& right) {
              if (left.first != right.first) return left.first > right.first;
              const int names = left.name.compare(right.name);
              if (names != 0) return names < 0;
              if (left.second != right.second) {
                return left.second > right.second;
              }
              const std::string left_key =
                  graph->InfoOf(graph->nodes[left.id]).SortKey();
              const std::string right_key =
                  graph->InfoOf(graph->nodes[right.id]).SortKey();
              if (left_key != right_key) return left_key < right_key;
              return left.id < right.id;
            });
  for (size_t i = 0; i < rows.size(); i++) graph->shown[i] = rows[i].id;
}

std::vector<uint32_t> SortedEdges(const Graph& graph,
                                  const std::vector<uint32_t>& edges) {
  struct Row {
    uint32_t id;
    int64_t weight;
    std::string source, target;
  };
  const auto name = [&graph](uint32_t node) {
    return graph.InfoOf(graph.nodes[node]).PrintableName();
  };
  std::vector<Row> rows;
  for (const uint32_t id : graph.LeftOf(edges)) {
    const GraphEdge& edge = graph.edges[id];
    rows.push_back(
        {id, Abs(edge.weight), name(edge.source), name(edge.target)});
  }
  std::sort(rows.begin(), rows.end(), [](const Row& left, const Row& right) {
    if (left.weight != right.weight) return left.weight > right.weight;
    if (left.source != right.source) return left.source < right.source;
    if (left.target != right.target) return left.target < right.target;
    return left.id < right.id;
  });
  std::vector<uint32_t> sorted;
  sorted.reserve(rows.size());
  for (const Row& row : rows) sorted.push_back(row.id);
  return sorted;
}

std::vector<const Tag*> SortedTags(std::vector<const Tag*> tags, bool by_flat) {
  std::sort(tags.begin(), tags.end(),
            [by_flat](const Tag* left, const Tag* right) {
              const int64_t left_cum = by_flat ? 0 : Abs(left->cost.cum);
              const int64_t right_cum = by_flat ? 0 : Abs(right->cost.cum);
              if (left_cum != right_cum) return left_cum > right_cum;
              const int64_t left_flat = Abs(left->cost.flat);
              const int64_t right_flat = Abs(right->cost.flat);
              if (left_flat != right_flat) return left_flat > right_flat;
              return left->name < right->name;
            });
  return tags;
}

}  // namespace bench_profiler
