// Single steps of making a graph small enough to be looked at; TrimGraph takes
// them in their order.
//
//   const size_t removed = RemoveSmallEdges(/*cutoff=*/1000, &graph);
#ifndef BENCH_PROFILER_REPORT_GRAPH_TRIMMING_H_
#define BENCH_PROFILER_REPORT_GRAPH_TRIMMING_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench_profiler/report/graph.h"

namespace bench_profiler {

// Those below the cut-off. Says how many.
size_t RemoveSmallEdges(int64_t cutoff, Graph* graph);
void RemoveSmallTags(int64_t cutoff, Graph* graph);

// Residual edges whose ends are connected by other edges, too.
void RemoveRedundantEdges(Graph* graph);

// Leaves those nodes of a tree, by their ids. What a node called that goes is
// then called by its caller.
void TrimTree(const std::vector<bool>& kept, Graph* graph);

// How many of the first nodes fit into a picture of `limit` boxes: labels have
// boxes as well.
size_t NodesWithTags(const Graph& graph, size_t limit);

// A node has boxes for that many labels at most.
inline constexpr size_t kMaxTagBoxes = 4;

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_GRAPH_TRIMMING_H_
