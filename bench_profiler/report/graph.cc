#include "bench_profiler/report/graph.h"

#include <algorithm>
#include <utility>

#include "bench_profiler/report/edge_index.h"
#include "bench_profiler/report/measurement.h"

namespace bench_profiler {
namespace {

constexpr uint32_t kNoNode = UINT32_MAX;

// What the samples' labels add to nodes.
struct SampleTags {
  std::string labels;  // "key:value" of all, sorted
  struct Number {
    std::string name;
    std::string unit;
    int64_t value;
  };
  std::vector<Number> numbers;
};

// Of numbers only sizes are shown. The mark of a comparison's base is none of
// the program's labels.
SampleTags TagsOf(const PreparedReport& report, const ParsedSample& sample) {
  SampleTags tags;
  std::vector<std::string> labels;
  for (const ParsedLabel& label : sample.labels) {
    if (!label.is_number) {
      if (label.key != "pprof::base") {
        labels.push_back(label.key + ":" + label.text);
      }
    } else if (label.key == "bytes") {
      const auto unit = report.label_units.find(label.key);
      std::string name = unit == report.label_units.end() ? "" : unit->second;
      tags.numbers.push_back(
          {ScaledLabel(label.number, name, report.options.unit), name,
           label.number});
    }
  }
  std::sort(labels.begin(), labels.end());
  for (const std::string& label : labels) {
    if (!tags.labels.empty()) tags.labels += "\\n";
    tags.labels += label;
  }
  return tags;
}

class SampleAdder {
 public:
  SampleAdder(Graph* graph, const PreparedReport& report, Graph::Parts parts)
      : graph_(graph), report_(report), parts_(parts) {}

  // Whether the sample counts.
  bool Begin(const ParsedSample& sample) {
    value_ = report_.Value(sample);
    divisor_ = report_.Divisor(sample);
    if (value_ == 0 && divisor_ == 0) return false;
    number_++;
    if (parts_ == Graph::kWithTags) tags_ = TagsOf(report_, sample);
    return true;
  }

  // Once for each node of a sample.
  void AddCum(uint32_t id) {
    if (id >= sums_.size()) sums_.resize(graph_->nodes.size());
    Sum& sum = sums_[id];
    if (sum.last_sample == number_) return;
    sum.last_sample = number_;
    sum.cost.cum += value_;
    sum.cost.cum_divisor += divisor_;
    ForEachTag(id, [this](Cost* cost) {
      cost->cum += value_;
      cost->cum_divisor += divisor_;
    });
  }

  // Of a node that has a cum.
  void AddFlat(uint32_t id) {
    sums_[id].cost.flat += value_;
    sums_[id].cost.flat_divisor += divisor_;
    ForEachTag(id, [this](Cost* cost) {
      cost->flat += value_;
      cost->flat_divisor += divisor_;
    });
  }

  // Gives the nodes their sums.
  void End() {
    for (size_t id = 0; id < sums_.size(); id++) {
      graph_->nodes[id].cost = sums_[id].cost;
    }
  }

  // Once for each edge of a sample.
  void AddEdge(uint32_t source, uint32_t target, bool is_residual,
               bool is_inlined) {
    uint32_t& found = index_.Find(source, target);
    if (found == EdgeIndex::kNone) {
      found = static_cast<uint32_t>(graph_->edges.size());
      GraphEdge edge;
      edge.source = source;
      edge.target = target;
      graph_->edges.push_back(edge);
      graph_->nodes[source].out.push_back(found);
      graph_->nodes[target].in.push_back(found);
    }
    GraphEdge& edge = graph_->edges[found];
    if (edge.last_sample == number_) return;
    edge.last_sample = number_;
    edge.weight += value_;
    edge.divisor += divisor_;
    edge.is_residual |= is_residual;
    edge.is_inlined &= is_inlined;
  }

 private:
  // Beside each other, and not in the nodes: in a profile of millions of frames
  // most of the time would be waiting for memory.
  struct Sum {
    Cost cost;
    uint32_t last_sample = 0;  // that was added
  };

  template <typename Add>
  void ForEachTag(uint32_t id, Add add) {
    if (parts_ != Graph::kWithTags) return;
    GraphNode* const node = &graph_->nodes[id];
    if (!tags_.labels.empty()) {
      Tag& tag = node->label_tags[tags_.labels];
      tag.name = tags_.labels;
      add(&tag.cost);
    }
    for (const SampleTags::Number& number : tags_.numbers) {
      Tag& tag = node->number_tags[tags_.labels]
                     .emplace(number.name, Tag{number.name, number.unit,
                                               number.value, Cost()})
                     .first->second;
      add(&tag.cost);
    }
  }

  Graph* graph_;
  const PreparedReport& report_;
  Graph::Parts parts_;
  std::vector<Sum> sums_;
  EdgeIndex index_;
  SampleTags tags_;
  int64_t value_ = 0;
  int64_t divisor_ = 0;
  uint32_t number_ = 0;
};

}  // namespace

void Graph::AddSamples(const PreparedReport& report,
                       const std::vector<bool>* kept, Parts parts) {
  nodes.resize(table->size());
  for (size_t i = 0; i < nodes.size(); i++) {
    nodes[i].info = static_cast<uint32_t>(i);
  }
  SampleAdder adder(this, report, parts);
  for (const ParsedSample& sample : report.profile.samples) {
    if (!adder.Begin(sample)) continue;
    uint32_t parent = kNoNode;
    bool is_residual = false;
    for (auto location = sample.locations.rbegin();
         location != sample.locations.rend(); ++location) {
      const NodeTable::Nodes here = table->NodesOf(*location);
      for (size_t i = here.size(); i-- > 0;) {
        const uint32_t node = here.first[i];
        if (kept != nullptr && !(*kept)[node]) {
          is_residual = true;
          continue;
        }
        adder.AddCum(node);
        if (parts != kNodesOnly && parent != kNoNode && parent != node) {
          adder.AddEdge(parent, node, is_residual, i + 1 != here.size());
        }
        parent = node;
        is_residual = false;
      }
    }
    // What ends in a node that is not kept is nobody's own.
    if (parent != kNoNode && !is_residual) adder.AddFlat(parent);
  }
  adder.End();
}

void Graph::AddTree(const PreparedReport& report) {
  // The children of node n, those of no node being at 0.
  EdgeIndex children;
  SampleAdder adder(this, report, kWithTags);
  for (const ParsedSample& sample : report.profile.samples) {
    if (!adder.Begin(sample)) continue;
    uint32_t parent = kNoNode;
    for (auto location = sample.locations.rbegin();
         location != sample.locations.rend(); ++location) {
      const NodeTable::Nodes here = table->NodesOf(*location);
      for (size_t i = here.size(); i-- > 0;) {
        uint32_t& node =
            children.Find(parent == kNoNode ? 0 : parent + 1, here.first[i]);
        if (node == EdgeIndex::kNone) {
          node = static_cast<uint32_t>(nodes.size());
          nodes.emplace_back();
          nodes.back().info = here.first[i];
        }
        adder.AddCum(node);
        if (parent != kNoNode) {
          adder.AddEdge(parent, node, false, i + 1 != here.size());
        }
        parent = node;
      }
    }
    if (parent != kNoNode) adder.AddFlat(parent);
  }
  adder.End();
}

void Graph::SelectNodes(bool drop_negative) {
  for (size_t id = 0; id < nodes.size(); id++) {
    const Cost& cost = nodes[id].cost;
    if (cost.cum == 0 && cost.flat == 0) continue;
    const bool is_negative = cost.flat < 0 || (cost.flat == 0 && cost.cum < 0);
    if (drop_negative && is_negative) continue;
    shown.push_back(static_cast<uint32_t>(id));
  }
}

std::vector<uint32_t> Graph::LeftOf(const std::vector<uint32_t>& list) const {
  std::vector<uint32_t> left;
  for (const uint32_t id : list) {
    if (!edges[id].is_removed) left.push_back(id);
  }
  return left;
}

}  // namespace bench_profiler
