#include "bench_profiler/report/trimmed_graph.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "bench_profiler/report/graph_order.h"
#include "bench_profiler/report/graph_trimming.h"
#include "bench_profiler/report/measurement.h"

namespace bench_profiler {
namespace {

class Trimmer {
 public:
  Trimmer(const PreparedReport& report, GraphUse use)
      : report_(report),
        is_picture_(use == GraphUse::kPicture),
        is_tree_(is_picture_ && report.options.call_tree) {
    NodeTable::Options options;
    options.trim_path = report.options.trim_path;
    options.source_path = report.options.source_path;
    result_.table = std::make_unique<const NodeTable>(report.profile, options);
  }

  TrimmedGraph Trim() {
    // What nodes cost does not depend on which others are kept. So for a text
    // edges, which are most of the work, are made of those alone that will be
    // shown; for a picture, edges have a say in that.
    Build(nullptr, is_picture_ ? Graph::kWithTags : Graph::kNodesOnly);
    SetCutoffs();
    DropSmallNodes();
    result_.nodes_before = graph().shown.size();
    Sort();
    if (report_.options.node_count > 0) LimitNodes();
    if (!is_picture_) {
      BuildKept(Graph::kWithEdges);
      Sort();
    }
    RemoveSmallTags(node_cutoff_, &graph());
    result_.dropped_edges = RemoveSmallEdges(edge_cutoff_, &graph());
    if (is_picture_) RemoveRedundantEdges(&graph());
    return std::move(result_);
  }

 private:
  Graph& graph() { return result_.graph; }

  void Build(const std::vector<bool>* kept, Graph::Parts parts) {
    graph() = Graph(result_.table.get());
    if (is_tree_) {
      graph().AddTree(report_);
    } else {
      graph().AddSamples(report_, kept, parts);
    }
    graph().SelectNodes(report_.options.drop_negative);
  }

  // Again, of the nodes that are shown; of all as long as none was dropped.
  void BuildKept(Graph::Parts parts) {
    if (!has_dropped_) {
      Build(nullptr, parts);
      return;
    }
    std::vector<bool> kept(result_.table->size());
    for (const uint32_t id : graph().shown) {
      kept[graph().nodes[id].info] = true;
    }
    Build(&kept, parts);
  }

  void Sort() {
    NodeOrder order = NodeOrder::kFlat;
    if (report_.options.cumulative) order = NodeOrder::kCum;
    if (is_picture_) order = NodeOrder::kEntropy;
    SortNodes(order, &graph());
  }

  void SetCutoffs() {
    int64_t sum = 0;
    for (const uint32_t id : graph().shown) sum += graph().nodes[id].cost.flat;
    const auto part = [sum](double fraction) {
      return Abs(ToInt64(static_cast<double>(sum) * fraction));
    };
    node_cutoff_ = part(report_.options.node_fraction);
    edge_cutoff_ = part(report_.options.edge_fraction);
  }

  void DropSmallNodes() {
    std::vector<uint32_t> large;
    for (const uint32_t id : graph().shown) {
      if (Abs(graph().nodes[id].cost.cum) >= node_cutoff_) large.push_back(id);
    }
    result_.dropped_nodes = graph().shown.size() - large.size();
    if (result_.dropped_nodes > 0) Keep(std::move(large));
  }

  void LimitNodes() {
    auto limit = static_cast<size_t>(report_.options.node_count);
    if (is_picture_) {
      RemoveSmallTags(node_cutoff_, &graph());
      RemoveSmallEdges(edge_cutoff_, &graph());
      limit = NodesWithTags(graph(), limit);
    }
    if (limit >= graph().shown.size()) return;
    Keep({graph().shown.begin(),
          graph().shown.begin() + static_cast<ptrdiff_t>(limit)});
    Sort();
  }

  void Keep(std::vector<uint32_t> ids) {
    has_dropped_ = true;
    if (is_tree_) {
      std::vector<bool> kept(graph().nodes.size());
      for (const uint32_t id : ids) kept[id] = true;
      TrimTree(kept, &graph());
      return;
    }
    graph().shown = std::move(ids);
    if (is_picture_) BuildKept(Graph::kWithTags);
  }

  const PreparedReport& report_;
  const bool is_picture_;
  const bool is_tree_;
  TrimmedGraph result_;
  bool has_dropped_ = false;
  int64_t node_cutoff_ = 0;
  int64_t edge_cutoff_ = 0;
};

}  // namespace

TrimmedGraph TrimGraph(const PreparedReport& report, GraphUse use) {
  return Trimmer(report, use).Trim();
}

}  // namespace bench_profiler
