#include "bench_profiler/html/call_tree.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bench_profiler/html/harness.h"
#include "bench_profiler/html/wrapping_sum.h"

namespace bench_profiler {
namespace {

// As many lines as somebody may want to read, of each profile, and no such that
// do not matter.
constexpr size_t kMaxLines = 50;
constexpr int64_t kLinePart = 200;  // of the total, at least

class TreeBuilder {
 public:
  TreeBuilder(const ParsedProfile& profile, size_t value, FrameTable* table)
      : profile_(profile), value_(value), frames_(profile, table) {}

  void AddSample(const ParsedSample& sample) {
    const int64_t value = sample.values[value_];
    if (value == 0) return;
    uint32_t node = 0;
    for (size_t i = sample.locations.size(); i-- > 0;) {
      const ParsedLocation& location = profile_.locations[sample.locations[i]];
      node = location.lines.empty()
                 ? Callee(node, frames_.OfNameless(location), false, value)
                 : CalleeIn(node, location, value);
    }
    Add(value, &nodes_[0].total);
    Add(value, &nodes_[node].self);
    AddLine(sample, value);
  }

  PageTree Finish() {
    PageTree tree;
    tree.total = nodes_[0].total;
    tree.nodes = InPreorder();
    for (const auto& [place, value] : lines_) {
      if (value < tree.total / kLinePart) continue;
      tree.lines.push_back({place.first, place.second, value});
    }
    std::stable_sort(
        tree.lines.begin(), tree.lines.end(),
        [](const PageLine& a, const PageLine& b) { return a.value > b.value; });
    if (tree.lines.size() > kMaxLines) tree.lines.resize(kMaxLines);
    return tree;
  }

 private:
  static void Add(int64_t value, int64_t* sum) {
    *sum = WrappingSum(*sum, value);
  }

  struct Node {
    uint32_t frame = 0;
    bool is_inlined = false;
    int64_t self = 0;
    int64_t total = 0;
    std::vector<uint32_t> callees;
  };

  // The node of a function below `caller`, to whose total `value` is added.
  uint32_t Callee(uint32_t caller, uint32_t frame, bool is_inlined,
                  int64_t value) {
    const uint64_t key =
        (uint64_t{caller} << 32) | (frame * 2 + (is_inlined ? 1 : 0));
    const auto [entry, is_new] =
        callees_.emplace(key, static_cast<uint32_t>(nodes_.size()));
    if (is_new) {
      nodes_.push_back({frame, is_inlined, 0, 0, {}});
      nodes_[caller].callees.push_back(entry->second);
    }
    Add(value, &nodes_[entry->second].total);
    return entry->second;
  }

  // The innermost node of the functions at a location. All but the outermost,
  // which is the last line, were inlined.
  uint32_t CalleeIn(uint32_t node, const ParsedLocation& location,
                    int64_t value) {
    for (size_t i = location.lines.size(); i-- > 0;) {
      const bool is_inlined = i + 1 < location.lines.size();
      node = Callee(node, frames_.OfLine(location, location.lines[i]),
                    is_inlined, value);
    }
    return node;
  }

  void AddLine(const ParsedSample& sample, int64_t value) {
    if (sample.locations.empty()) return;
    const ParsedLocation& leaf = profile_.locations[sample.locations[0]];
    if (leaf.lines.empty() || leaf.lines[0].line <= 0) return;
    const std::pair<uint32_t, int64_t> place = {
        frames_.OfLine(leaf, leaf.lines[0]), leaf.lines[0].line};
    Add(value, &lines_[place]);
  }

  // Without recursion: a stack may be thousands of calls deep.
  std::vector<PageTree::Node> InPreorder() {
    for (Node& node : nodes_) {
      std::stable_sort(node.callees.begin(), node.callees.end(),
                       [&](uint32_t a, uint32_t b) {
                         return nodes_[a].total < nodes_[b].total;
                       });
    }
    std::vector<PageTree::Node> order;
    order.reserve(nodes_.size() - 1);
    std::vector<std::pair<uint32_t, uint32_t>> waiting = {{0, 0}};
    while (!waiting.empty()) {
      const auto [index, depth] = waiting.back();
      waiting.pop_back();
      const Node& node = nodes_[index];
      if (index != 0) {
        order.push_back(
            {depth - 1, node.frame, node.is_inlined, false, node.self});
      }
      // The largest is the last, and so the first to be taken.
      for (const uint32_t callee : node.callees) {
        waiting.emplace_back(callee, depth + 1);
      }
    }
    return order;
  }

  const ParsedProfile& profile_;
  const size_t value_;
  ProfileFrames frames_;
  std::vector<Node> nodes_{1};  // the first is the root, which is no function
  std::unordered_map<uint64_t, uint32_t> callees_;
  std::map<std::pair<uint32_t, int64_t>, int64_t> lines_;  // frame and line
};

}  // namespace

size_t ValueIndex(const ParsedProfile& profile, std::string_view type) {
  for (size_t i = 0; i < profile.value_types.size(); ++i) {
    if (profile.value_types[i].type == type) return i;
  }
  return kNoValue;
}

size_t DefaultValueIndex(const ParsedProfile& profile) {
  const size_t named = ValueIndex(profile, profile.default_value_type);
  if (named != kNoValue || profile.value_types.empty()) return named;
  return profile.value_types.size() - 1;
}

PageTree CallTree(const ParsedProfile& profile, size_t value,
                  FrameTable* frames) {
  TreeBuilder builder(profile, value, frames);
  for (const ParsedSample& sample : profile.samples) builder.AddSample(sample);
  PageTree tree = builder.Finish();
  MarkAbove(frames->frames(), &tree);
  return tree;
}

}  // namespace bench_profiler
