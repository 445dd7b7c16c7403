// The boxes of a flame graph: stacks that begin alike are one, and callees
// stand side by side in the order of their names.
//
//   FlameTree tree(profile, /*value=*/0);
//   for (const FlameBox& box : tree.boxes()) {   // callers before callees
//     Draw(box.depth, box.start, box.value, box.name);
#ifndef BENCH_PROFILER_FORMATS_PARSED_FLAME_TREE_H_
#define BENCH_PROFILER_FORMATS_PARSED_FLAME_TREE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

#include "bench_profiler/profile/parsed_frames.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

struct FlameBox {
  std::string_view name;
  bool is_inlined = false;
  uint32_t depth = 0;  // 0: "all", which is no function
  uint32_t caller = 0;
  int64_t value = 0;  // of all stacks that pass here; INT64_MAX if it is more
  double start = 0;   // of what stands to its left
};

class FlameTree {
 public:
  // The profile has to outlive this object.
  FlameTree(const ParsedProfile& profile, size_t value);

  const std::vector<FlameBox>& boxes() const { return boxes_; }

 private:
  uint32_t CalleeOf(uint32_t caller, const ParsedFrame& frame);
  void Place();

  FrameReader reader_;  // the names live there
  std::vector<FlameBox> boxes_;
  // In the order in which they are placed.
  std::map<std::tuple<uint32_t, std::string_view, bool>, uint32_t> callees_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_FLAME_TREE_H_
