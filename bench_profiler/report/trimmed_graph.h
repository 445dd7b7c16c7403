// The graph that a report shows: without what is small, in its order.
//
//   const TrimmedGraph trimmed = TrimGraph(report, GraphUse::kText);
//   for (uint32_t id : trimmed.graph.shown) ...
#ifndef BENCH_PROFILER_REPORT_TRIMMED_GRAPH_H_
#define BENCH_PROFILER_REPORT_TRIMMED_GRAPH_H_

#include <cstddef>
#include <memory>

#include "bench_profiler/report/graph.h"
#include "bench_profiler/report/node_table.h"
#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

enum class GraphUse {
  kText,
  kPicture,  // has labels, and no edges that say nothing new
};

struct TrimmedGraph {
  std::unique_ptr<const NodeTable> table;
  Graph graph{nullptr};
  size_t nodes_before = 0;  // the limit on their number
  size_t dropped_nodes = 0;
  size_t dropped_edges = 0;
};

TrimmedGraph TrimGraph(const PreparedReport& report, GraphUse use);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_TRIMMED_GRAPH_H_
