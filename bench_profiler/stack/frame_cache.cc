#include "bench_profiler/stack/frame_cache.h"

#include <atomic>
#include <cstddef>

namespace bench_profiler {
namespace {

constexpr uint64_t kGoldenRatio = 0x9E3779B97F4A7C15u;
constexpr int kBits = 13;

// Two words: the rule, and the hashed address xor the rule. If they come from
// different writers, they do not fit together, and the entry counts as empty
// (Hyatt and Mann, "A lock-less transposition table implementation for parallel
// search").
struct Entry {
  std::atomic<uint64_t> check;
  std::atomic<uint64_t> rule;
};
Entry entries[size_t{1} << kBits];

std::atomic<uint64_t> generation{1};

uint64_t KeyOf(uintptr_t pc) {
  return (pc ^ generation.load(std::memory_order_relaxed) << 48) * kGoldenRatio;
}

constexpr uint64_t kOutermost = 1;
constexpr uint64_t kByFramePointer = 2;
constexpr uint64_t kUsed = 4;

uint64_t Pack(const FrameRule& rule) {
  return kUsed | (rule.is_outermost ? kOutermost : 0) |
         (rule.by_frame_pointer ? kByFramePointer : 0) |
         uint64_t{static_cast<uint16_t>(rule.frame_pointer_offset)} << 16 |
         uint64_t{static_cast<uint32_t>(rule.cfa_offset)} << 32;
}

FrameRule Unpack(uint64_t word) {
  FrameRule rule;
  rule.is_outermost = (word & kOutermost) != 0;
  rule.by_frame_pointer = (word & kByFramePointer) != 0;
  rule.frame_pointer_offset = static_cast<int16_t>(word >> 16);
  rule.cfa_offset = static_cast<int32_t>(word >> 32);
  return rule;
}

}  // namespace

bool MakeFrameRule(const FrameDescription& description, const CfiRow& row,
                   FrameRule* rule) {
  const auto has_rule = [&row](size_t number) {
    return (row.has_rule >> number & 1) != 0;
  };
  if (description.common.is_signal_frame ||
      description.common.return_column != kReturnAddress) {
    return false;
  }
  *rule = {};
  if (!has_rule(kReturnAddress) ||
      row.rules[kReturnAddress] == CfiRule::kUndefined) {
    rule->is_outermost = true;
    return true;
  }
  constexpr int32_t kBelowCfa = -8;
  if (row.rules[kReturnAddress] != CfiRule::kOffset ||
      row.values[kReturnAddress] != kBelowCfa || has_rule(kStackPointer) ||
      (row.cfa_register != kStackPointer &&
       row.cfa_register != kFramePointer)) {
    return false;
  }
  rule->by_frame_pointer = row.cfa_register == kFramePointer;
  rule->cfa_offset = row.cfa_value;
  if (!has_rule(kFramePointer)) return true;
  const int32_t offset = row.values[kFramePointer];
  rule->frame_pointer_offset = static_cast<int16_t>(offset);
  return row.rules[kFramePointer] == CfiRule::kOffset && offset != 0 &&
         rule->frame_pointer_offset == offset;
}

bool FindFrameRule(uintptr_t pc, FrameRule* rule) {
  const uint64_t key = KeyOf(pc);
  const Entry& entry = entries[key >> (64 - kBits)];
  const uint64_t word = entry.rule.load(std::memory_order_relaxed);
  if ((entry.check.load(std::memory_order_relaxed) ^ word) != key) return false;
  *rule = Unpack(word);
  return true;
}

void AddFrameRule(uintptr_t pc, const FrameRule& rule) {
  const uint64_t key = KeyOf(pc);
  Entry& entry = entries[key >> (64 - kBits)];
  const uint64_t word = Pack(rule);
  entry.rule.store(word, std::memory_order_relaxed);
  entry.check.store(key ^ word, std::memory_order_relaxed);
}

void ForgetFrameRules() { generation.fetch_add(1, std::memory_order_relaxed); }

uint64_t FrameRuleGeneration() {
  return generation.load(std::memory_order_relaxed);
}

}  // namespace bench_profiler
