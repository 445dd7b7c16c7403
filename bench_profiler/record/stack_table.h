// Gives numbers to call stacks, as nodes of a calling context tree.
//
//   StackTable stacks;
//   uint32_t stack = StackTable::kRoot;
//   for (each frame from the root to the leaf)
//     stack = stacks.Child(stack, address, module);
//
// Stacks share the frames at their root ends, so that a new stack costs a node
// or two of 16 bytes. Memory comes from PageArray, never from malloc. Not
// thread-safe.
#ifndef BENCH_PROFILER_RECORD_STACK_TABLE_H_
#define BENCH_PROFILER_RECORD_STACK_TABLE_H_

#include <cstdint>

#include "bench_profiler/platform/hash_slots.h"
#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

class StackTable {
 public:
  static constexpr uint32_t kRoot = 0;

  StackTable();

  // Returns the node for a frame that `parent` has called, and makes it if it
  // is new. If the system has no memory left, returns `parent`, so that the
  // stack is cut.
  uint32_t Child(uint32_t parent, uint64_t address, uint32_t module);

  ArrayView<StackNode> nodes() const { return {nodes_.data(), nodes_.size()}; }

 private:
  PageArray<StackNode> nodes_;
  PageHash<uint32_t> index_;  // of nodes_; the root is not in it
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_STACK_TABLE_H_
