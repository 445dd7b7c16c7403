#include "bench_profiler/report/graph_trimming.h"

#include <algorithm>

#include "bench_profiler/report/graph_order.h"

namespace bench_profiler {
namespace {

void RemoveSmall(int64_t cutoff, TagMap* tags) {
  for (auto tag = tags->begin(); tag != tags->end();) {
    const Cost& cost = tag->second.cost;
    if (Abs(cost.flat) >= cutoff || Abs(cost.cum) >= cutoff) {
      ++tag;
    } else {
      tag = tags->erase(tag);
    }
  }
}

// Whether another way leads from its source to its target.
bool IsRedundant(const Graph& graph, uint32_t edge) {
  const uint32_t source = graph.edges[edge].source;
  std::vector<bool> seen(graph.nodes.size());
  std::vector<uint32_t> queue = {graph.edges[edge].target};
  seen[queue.front()] = true;
  for (size_t next = 0; next < queue.size(); next++) {
    for (const uint32_t in : graph.LeftOf(graph.nodes[queue[next]].in)) {
      const uint32_t caller = graph.edges[in].source;
      if (in == edge || seen[caller]) continue;
      if (caller == source) return true;
      seen[caller] = true;
      queue.push_back(caller);
    }
  }
  return false;
}

size_t CountTags(const GraphNode& node) {
  const auto count = [](const TagMap& tags) {
    return static_cast<size_t>(std::count_if(
        tags.begin(), tags.end(),
        [](const auto& tag) { return tag.second.cost.flat != 0; }));
  };
  size_t sum = count(node.label_tags);
  for (const auto& [label, numbers] : node.number_tags) sum += count(numbers);
  return sum;
}

}  // namespace

size_t RemoveSmallEdges(int64_t cutoff, Graph* graph) {
  size_t removed = 0;
  for (const uint32_t id : graph->shown) {
    for (const uint32_t edge : graph->LeftOf(graph->nodes[id].in)) {
      if (Abs(graph->edges[edge].weight) >= cutoff) continue;
      graph->edges[edge].is_removed = true;
      removed++;
    }
  }
  return removed;
}

void RemoveSmallTags(int64_t cutoff, Graph* graph) {
  for (const uint32_t id : graph->shown) {
    GraphNode& node = graph->nodes[id];
    RemoveSmall(cutoff, &node.label_tags);
    for (auto& [label, numbers] : node.number_tags) {
      RemoveSmall(cutoff, &numbers);
    }
  }
}

void RemoveRedundantEdges(Graph* graph) {
  // The lightest edges of the lightest nodes first.
  for (auto id = graph->shown.rbegin(); id != graph->shown.rend(); ++id) {
    const std::vector<uint32_t> in = SortedEdges(*graph, graph->nodes[*id].in);
    for (auto edge = in.rbegin(); edge != in.rend(); ++edge) {
      // Nothing goes that is heavier than what may not go.
      if (!graph->edges[*edge].is_residual) break;
      if (IsRedundant(*graph, *edge)) graph->edges[*edge].is_removed = true;
    }
  }
}

void TrimTree(const std::vector<bool>& kept, Graph* graph) {
  std::vector<uint32_t> left;
  for (const uint32_t id : graph->shown) {
    if (kept[id]) {
      left.push_back(id);
      continue;
    }
    const std::vector<uint32_t> in = graph->LeftOf(graph->nodes[id].in);
    const std::vector<uint32_t> out = graph->LeftOf(graph->nodes[id].out);
    if (in.empty()) {
      for (const uint32_t edge : out) graph->edges[edge].is_removed = true;
      continue;
    }
    GraphEdge& from_caller = graph->edges[in.front()];
    from_caller.is_removed = true;
    for (const uint32_t edge : out) {
      graph->edges[edge].source = from_caller.source;
      graph->edges[edge].is_residual = true;
      graph->edges[edge].is_inlined &= from_caller.is_inlined;
      graph->nodes[from_caller.source].out.push_back(edge);
    }
    graph->nodes[id].out.clear();
  }
  graph->shown = left;
  RemoveRedundantEdges(graph);
}

size_t NodesWithTags(const Graph& graph, size_t limit) {
  size_t boxes = 0;
  for (size_t i = 0; i < graph.shown.size(); i++) {
    boxes += 1 + std::min(CountTags(graph.nodes[graph.shown[i]]), kMaxTagBoxes);
    if (boxes >= limit) return i + 1;
  }
  return std::min(limit, graph.shown.size());
}

}  // namespace bench_profiler
