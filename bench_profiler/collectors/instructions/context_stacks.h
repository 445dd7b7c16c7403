// The stacks of the contexts of a file of callgrind's.
//
//   ContextStacks stacks(dump, address_in_memory);
//   if (!stacks.Find()) ...                            // no memory left
//   for (const ContextStack& stack : stacks.Of(cost.context)) {
//     depth = stacks.Addresses(stack, addresses + 1);  // callers, leaf first
//     count = cost.count * stack.share;
//   }
//
// The file tells from which addresses a context calls another one, and what
// each call costs, but not by which ways what costs how much. Where several
// lead to a context, its costs are shared among them in proportion to what they
// cost in all. So sums of functions, and of all that is below a call, are
// exact, and only paths that fork and meet again within 16 calls are estimates.
// Never calls malloc.
#ifndef BENCH_PROFILER_COLLECTORS_INSTRUCTIONS_CONTEXT_STACKS_H_
#define BENCH_PROFILER_COLLECTORS_INSTRUCTIONS_CONTEXT_STACKS_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/instructions/callgrind_dump.h"
#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

// One way to a context.
struct ContextStack {
  uint32_t callers = 0;  // the number of the innermost one; 0: none
  double share = 1;      // of the context's costs
};

class ContextStacks {
 public:
  // The most callers that Addresses() returns.
  static constexpr size_t kMaxDepth = 128;

  // `biases` has for each object what is to be added to its addresses.
  ContextStacks(const CallgrindDump& dump, const PageArray<uint64_t>& biases)
      : dump_(dump), biases_(biases) {}

  // Returns false if there is no memory left.
  bool Find();

  // The ways to a context, the one with the largest share first.
  ArrayView<ContextStack> Of(uint32_t context) const {
    const Range& range = ranges_[context];
    return {stacks_.data() + range.first, range.size};
  }

  // Puts the addresses of the callers into `addresses`, the innermost first.
  // Returns how many there are, and whether there were more.
  size_t Addresses(const ContextStack& stack, uintptr_t* addresses,
                   bool* is_truncated) const;

 private:
  // More ways than these are told for no context.
  static constexpr size_t kMaxWays = 8;
  static constexpr uint32_t kTruncated = 1;

  enum class Progress : uint8_t { kNone, kBegun, kDone };
  struct Range {
    uint32_t first = 0;  // in stacks_
    uint32_t size = 0;
    Progress progress = Progress::kNone;
  };
  struct Caller {
    uint64_t address = 0;
    uint32_t next = 0;  // its own caller
    uint32_t depth = 0;
  };
  struct Ways;

  bool SortCalls();
  bool FindOf(uint32_t context, size_t depth);
  bool AddWays(const CallgrindCall& call, size_t depth, Ways* ways);
  bool Keep(const Ways& ways, Range* range);

  const CallgrindDump& dump_;
  const PageArray<uint64_t>& biases_;
  PageArray<uint32_t> first_calls_;  // per context: where its calls start
  PageArray<uint32_t> calls_;        // indices of dump_.calls(), by callee
  PageArray<Range> ranges_;          // per context
  PageArray<ContextStack> stacks_;
  PageArray<Caller> callers_;  // 0 is none, 1 is what was cut off
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_INSTRUCTIONS_CONTEXT_STACKS_H_
