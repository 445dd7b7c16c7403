#include "bench_profiler/collectors/instructions/context_stacks.h"

namespace bench_profiler {

// The dearest ways to one context, in falling order. Of equal ones the first
// that was added comes first, so that the same file has the same stacks.
struct ContextStacks::Ways {
  struct Way {
    uint64_t address;
    uint32_t next;
    double cost;
  };

  void Add(const Way& way) {
    if (!(way.cost > 0)) return;
    size_t at = size < kMaxWays ? size++ : kMaxWays;
    for (; at > 0 && ways[at - 1].cost < way.cost; --at) {
      if (at < kMaxWays) ways[at] = ways[at - 1];
    }
    if (at < kMaxWays) ways[at] = way;
  }

  Way ways[kMaxWays];
  size_t size = 0;
};

bool ContextStacks::Find() {
  const uint32_t contexts = dump_.num_contexts();
  if (!ranges_.Resize(contexts) || !callers_.Resize(kTruncated + 1) ||
      !SortCalls()) {
    return false;
  }
  for (uint32_t i = 0; i < contexts; ++i) {
    if (!FindOf(i, 0)) return false;
  }
  return true;
}

// By counting, in the order of the file.
bool ContextStacks::SortCalls() {
  const PageArray<CallgrindCall>& calls = dump_.calls();
  if (!first_calls_.Resize(dump_.num_contexts() + size_t{2}) ||
      !calls_.Resize(calls.size())) {
    return false;
  }
  // Of each context, where those of the next one start; then they move up.
  for (const CallgrindCall& call : calls) ++first_calls_[call.callee + 2];
  for (size_t i = 2; i < first_calls_.size(); ++i) {
    first_calls_[i] += first_calls_[i - 1];
  }
  for (uint32_t i = 0; i < calls.size(); ++i) {
    calls_[first_calls_[calls[i].callee + 1]++] = i;
  }
  return true;
}

// Recursive, and no deeper than kMaxDepth. A context that is reached from
// itself, as in deep recursion, is cut off there.
bool ContextStacks::FindOf(uint32_t context, size_t depth) {
  if (ranges_[context].progress == Progress::kDone) return true;
  ranges_[context].progress = Progress::kBegun;
  Ways ways;
  for (uint32_t i = first_calls_[context]; i < first_calls_[context + 1]; ++i) {
    if (!AddWays(dump_.calls()[calls_[i]], depth, &ways)) return false;
  }
  return Keep(ways, &ranges_[context]);
}

bool ContextStacks::AddWays(const CallgrindCall& call, size_t depth,
                            Ways* ways) {
  const uint64_t address = call.address + biases_[call.object];
  const auto cost = static_cast<double>(call.count);
  const bool is_cut =
      depth == kMaxDepth || ranges_[call.caller].progress == Progress::kBegun;
  if (is_cut) {
    ways->Add({address, kTruncated, cost});
    return true;
  }
  if (!FindOf(call.caller, depth + 1)) return false;
  for (const ContextStack& stack : Of(call.caller)) {
    ways->Add({address, stack.callers, cost * stack.share});
  }
  return true;
}

bool ContextStacks::Keep(const Ways& ways, Range* range) {
  range->first = static_cast<uint32_t>(stacks_.size());
  range->progress = Progress::kDone;
  double sum = 0;
  for (size_t i = 0; i < ways.size; ++i) sum += ways.ways[i].cost;
  for (size_t i = 0; i < ways.size; ++i) {
    const Ways::Way& way = ways.ways[i];
    Caller caller = {way.address, way.next, callers_[way.next].depth + 1};
    if (caller.depth > kMaxDepth) caller = {way.address, kTruncated, 1};
    if (!callers_.Append(caller) ||
        !stacks_.Append(
            {static_cast<uint32_t>(callers_.size() - 1), way.cost / sum})) {
      return false;
    }
  }
  // Nothing has called it: here counting began.
  if (ways.size == 0 && !stacks_.Append(ContextStack())) return false;
  range->size = static_cast<uint32_t>(stacks_.size()) - range->first;
  return true;
}

size_t ContextStacks::Addresses(const ContextStack& stack, uintptr_t* addresses,
                                bool* is_truncated) const {
  size_t depth = 0;
  uint32_t caller = stack.callers;
  for (; caller > kTruncated && depth < kMaxDepth;
       caller = callers_[caller].next) {
    addresses[depth++] = callers_[caller].address;
  }
  *is_truncated = caller != 0;
  return depth;
}

}  // namespace bench_profiler
