#include "bench_profiler/compare/merged_tree.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bench_profiler {
namespace {

// What a page may be given: a script has doubles for numbers.
int64_t Whole(double value) {
  constexpr double kMax = 9007199254740992;  // 2^53
  return std::isfinite(value) ? std::llround(std::clamp(value, -kMax, kMax))
                              : 0;
}

}  // namespace

void MergedTree::Add(const PageTree& tree, Side side) {
  std::vector<uint32_t> path = {0};
  for (const PageTree::Node& node : tree.nodes) {
    path.resize(node.depth + 1);
    const uint32_t index = Callee(path.back(), node.frame);
    path.push_back(index);
    const auto self = static_cast<double>(node.self);
    nodes_[index].is_inlined = nodes_[index].is_inlined && node.is_inlined;
    nodes_[index].self[side] += self;
    total_[side] += self;
  }
}

uint32_t MergedTree::Callee(uint32_t caller, uint32_t frame) {
  const uint64_t key = (uint64_t{caller} << 32) | frame;
  const auto [entry, is_new] =
      callees_.emplace(key, static_cast<uint32_t>(nodes_.size()));
  if (is_new) {
    nodes_.emplace_back();
    nodes_.back().frame = frame;
    nodes_.back().caller = caller;
    nodes_[caller].callees.push_back(entry->second);
  }
  return entry->second;
}

PageTree MergedTree::Finish(double old_scale, double new_scale,
                            int64_t divisor) {
  const double by_old = old_scale * static_cast<double>(divisor);
  const double by_new = new_scale * static_cast<double>(divisor);
  // Callees were made after their callers.
  for (size_t i = nodes_.size(); i-- > 0;) {
    Node& node = nodes_[i];
    node.size += node.self[kOld] * by_old + node.self[kNew] * by_new;
    if (i != 0) nodes_[node.caller].size += node.size;
  }
  for (Node& node : nodes_) {
    std::stable_sort(node.callees.begin(), node.callees.end(),
                     [&](uint32_t a, uint32_t b) {
                       return nodes_[a].size < nodes_[b].size;
                     });
  }
  PageTree tree;
  tree.samples = -1;
  tree.divisor = divisor;
  // Without recursion: a stack may be thousands of calls deep.
  std::vector<std::pair<uint32_t, uint32_t>> waiting = {{0, 0}};
  while (!waiting.empty()) {
    const auto [index, depth] = waiting.back();
    waiting.pop_back();
    const Node& node = nodes_[index];
    if (index != 0) {
      const int64_t self = Whole(node.self[kNew] * by_new);
      tree.nodes.push_back(
          {depth - 1, node.frame, node.is_inlined, false, self});
      tree.old_self.push_back(Whole(node.self[kOld] * by_old));
      tree.total += self;
    }
    // The largest is the last, and so the first to be taken.
    for (const uint32_t callee : node.callees) {
      waiting.emplace_back(callee, depth + 1);
    }
  }
  return tree;
}

}  // namespace bench_profiler
