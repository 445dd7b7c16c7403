// One tree of calls of the profiles of two sides.
//
//   MergedTree merged;
//   merged.Add(CallTree(profile, value, &frames), MergedTree::kNew);
//   PageTree tree = merged.Finish(old_scale, new_scale, divisor);
//
// A function that one program inlined and the other called is one node: whether
// it was inlined is no difference in what it costs.
#ifndef BENCH_PROFILER_COMPARE_MERGED_TREE_H_
#define BENCH_PROFILER_COMPARE_MERGED_TREE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "bench_profiler/html/page_data.h"

namespace bench_profiler {

class MergedTree {
 public:
  enum Side : size_t { kOld = 0, kNew = 1 };

  void Add(const PageTree& tree, Side side);

  // The sum of all that was added.
  double Total(Side side) const { return total_[side]; }

  // The sums times these scales are values per operation, of which the tree
  // has `divisor` times as much: whole numbers. Larger callees come first.
  PageTree Finish(double old_scale, double new_scale, int64_t divisor);

 private:
  struct Node {
    uint32_t frame = 0;
    uint32_t caller = 0;
    bool is_inlined = true;  // in all trees
    std::array<double, 2> self = {};
    double size = 0;  // of both sides, with all that it calls
    std::vector<uint32_t> callees;
  };

  uint32_t Callee(uint32_t caller, uint32_t frame);

  std::vector<Node> nodes_{1};  // the first is the root, which is no function
  std::unordered_map<uint64_t, uint32_t> callees_;  // by caller and frame
  std::array<double, 2> total_ = {};
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_MERGED_TREE_H_
