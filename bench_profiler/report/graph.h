// Who calls whom, and what it costs: nodes of a NodeTable with sums over
// samples, and edges between them.
//
//   Graph graph(&table);
//   graph.AddSamples(report, /*kept=*/nullptr, Graph::kWithEdges);
//   graph.SelectNodes(/*drop_negative=*/false);
//   for (uint32_t id : graph.shown) graph.nodes[id].flat ...
#ifndef BENCH_PROFILER_REPORT_GRAPH_H_
#define BENCH_PROFILER_REPORT_GRAPH_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bench_profiler/report/node_table.h"
#include "bench_profiler/report/prepare.h"

namespace bench_profiler {

// By -1 the least number has no quotient, and processors trap.
inline int64_t Quotient(int64_t sum, int64_t divisor) {
  if (divisor == 0) return sum;
  return divisor == -1 ? -sum : sum / divisor;
}

// Sums of samples: `flat` of those that end here, `cum` of those that pass. The
// divisors are 0 unless means are asked for.
struct Cost {
  int64_t flat = 0, flat_divisor = 0;
  int64_t cum = 0, cum_divisor = 0;

  int64_t FlatValue() const { return Quotient(flat, flat_divisor); }
  int64_t CumValue() const { return Quotient(cum, cum_divisor); }
};

// A label of samples: the picture of a graph shows what part has it.
struct Tag {
  std::string name;
  std::string unit;
  int64_t value = 0;  // of a number
  Cost cost;
};
using TagMap = std::map<std::string, Tag>;

struct GraphEdge {
  uint32_t source = 0;
  uint32_t target = 0;
  int64_t weight = 0, divisor = 0;
  bool is_residual = false;  // there were nodes between that are not kept
  bool is_inlined = true;    // in each of its samples
  bool is_removed = false;
  uint32_t last_sample = 0;  // that was added: a sample counts once

  int64_t Value() const { return Quotient(weight, divisor); }
};

struct GraphNode {
  uint32_t info = 0;  // in the table
  Cost cost;
  std::vector<uint32_t> in, out;  // edges, also removed ones
  TagMap label_tags;
  std::map<std::string, TagMap> number_tags;  // by the labels they come with
};

struct Graph {
  enum Parts {
    kNodesOnly,
    kWithEdges,
    kWithTags,  // and edges
  };

  explicit Graph(const NodeTable* node_table) : table(node_table) {}

  const NodeInfo& InfoOf(const GraphNode& node) const {
    return table->info(node.info);
  }

  // kept: for each entry of the table, whether it may be a node; null for all.
  void AddSamples(const PreparedReport& report, const std::vector<bool>* kept,
                  Parts parts);
  // Instead, functions that are reached through different paths are different
  // nodes.
  void AddTree(const PreparedReport& report);
  // Fills `shown` with the nodes that have a cost, in no order.
  void SelectNodes(bool drop_negative);

  // The edges that are left of a list.
  std::vector<uint32_t> LeftOf(const std::vector<uint32_t>& list) const;

  const NodeTable* table;
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
  std::vector<uint32_t> shown;  // ids of nodes
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_GRAPH_H_
