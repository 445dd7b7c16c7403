// In what order nodes and edges of a graph are shown: the dearest first, those
// that cost the same by name.
//
//   SortNodes(NodeOrder::kFlat, &graph);
//   for (uint32_t edge : SortedEdges(graph, graph.nodes[id].in)) ...
#ifndef BENCH_PROFILER_REPORT_GRAPH_ORDER_H_
#define BENCH_PROFILER_REPORT_GRAPH_ORDER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/report/graph.h"

namespace bench_profiler {

enum class NodeOrder {
  kFlat,
  kCum,
  kEntropy,  // for pictures: those where much comes together or parts come
             // first
};

// Sorts graph->shown.
void SortNodes(NodeOrder order, Graph* graph);

// Without those that are removed.
std::vector<uint32_t> SortedEdges(const Graph& graph,
                                  const std::vector<uint32_t>& edges);

// By their costs; by `flat` alone, or by `cum` first.
std::vector<const Tag*> SortedTags(std::vector<const Tag*> tags, bool by_flat);

int64_t Abs(int64_t value);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_GRAPH_ORDER_H_
