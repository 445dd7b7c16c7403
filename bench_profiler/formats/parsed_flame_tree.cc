#include "bench_profiler/formats/parsed_flame_tree.h"

namespace bench_profiler {
namespace {

void AddTo(int64_t value, int64_t* sum) {
  if (__builtin_add_overflow(*sum, value, sum)) *sum = INT64_MAX;
}

}  // namespace

FlameTree::FlameTree(const ParsedProfile& profile, size_t value)
    : reader_(profile) {
  boxes_.emplace_back();
  boxes_[0].name = "all";
  for (const ParsedSample& sample : profile.samples) {
    const int64_t cost = sample.values[value];
    if (cost <= 0) continue;
    uint32_t box = 0;
    AddTo(cost, &boxes_[box].value);
    for (const ParsedFrame& frame : reader_.Read(sample)) {
      box = CalleeOf(box, frame);
      AddTo(cost, &boxes_[box].value);
    }
  }
  Place();
}

uint32_t FlameTree::CalleeOf(uint32_t caller, const ParsedFrame& frame) {
  const auto next = static_cast<uint32_t>(boxes_.size());
  const auto [it, is_new] =
      callees_.try_emplace({caller, frame.name, frame.is_inlined}, next);
  if (is_new) {
    FlameBox box;
    box.name = frame.name;
    box.is_inlined = frame.is_inlined;
    box.depth = boxes_[caller].depth + 1;
    box.caller = caller;
    boxes_.push_back(box);
  }
  return it->second;
}

// Callers have smaller numbers than their callees, and so each is placed before
// those that stand on it.
void FlameTree::Place() {
  uint32_t caller = 0;
  double start = 0;
  for (const auto& [key, index] : callees_) {
    FlameBox& box = boxes_[index];
    if (box.caller != caller) {
      caller = box.caller;
      start = boxes_[caller].start;
    }
    box.start = start;
    start += static_cast<double>(box.value);
  }
}

}  // namespace bench_profiler
