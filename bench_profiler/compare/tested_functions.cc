#include "bench_profiler/compare/tested_functions.h"

#include <algorithm>

namespace bench_profiler {
namespace {

constexpr double kLeastSamples = 20;
constexpr double kLeastShare = 0.001;

bool IsWorthTest(const FunctionSlots::Slot& slot,
                 const FunctionComparer& comparer,
                 const FunctionShares& old_shares,
                 const FunctionShares& new_shares) {
  const double old_share = slot.old_self / old_shares.samples();
  const double new_share = slot.new_self / new_shares.samples();
  const double old_drawn = comparer.OldDrawn();
  const double new_drawn = comparer.NewDrawn();
  if (comparer.is_exact() || !(old_drawn > 0) || !(new_drawn > 0)) {
    return std::max(old_share, new_share) >= kLeastShare;
  }
  return old_share * old_drawn + new_share * new_drawn >= kLeastSamples;
}

}  // namespace

std::vector<FunctionSlots::Slot> FunctionSlots::Take(
    const FunctionShares& old_shares, const FunctionShares& new_shares) {
  std::vector<Slot> slots;
  Add(old_shares, &Slot::old_self, &slots);
  Add(new_shares, &Slot::new_self, &slots);
  for (const Slot& slot : slots) slot_of_[slot.function] = 0;
  std::sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) {
    return a.function < b.function;
  });
  return slots;
}

void FunctionSlots::Add(const FunctionShares& shares, double Slot::*self,
                        std::vector<Slot>* slots) {
  for (const ProcessValue& value : shares.values()) {
    for (const auto& [name, cost] : value.measured->functions) {
      // Of what only calls others there is nothing to compare.
      if (!(cost.self > 0)) continue;
      const uint32_t function = shares.InOld(name);
      if (function >= slot_of_.size()) slot_of_.resize(function + size_t{1});
      uint32_t& slot = slot_of_[function];
      if (slot == 0) {
        slots->push_back({function, 0, 0});
        slot = static_cast<uint32_t>(slots->size());
      }
      (*slots)[slot - 1].*self += cost.self;
    }
  }
}

TestedFunctions TestFunctions(const FunctionShares& old_shares,
                              const FunctionShares& new_shares,
                              FunctionComparer* comparer,
                              FunctionSlots* slots) {
  TestedFunctions tested;
  if (old_shares.values().empty() || new_shares.values().empty()) {
    return tested;
  }
  std::vector<uint32_t> worth;
  for (const FunctionSlots::Slot& slot : slots->Take(old_shares, new_shares)) {
    const bool is_worth = IsWorthTest(slot, *comparer, old_shares, new_shares);
    (is_worth ? worth : tested.others).push_back(slot.function);
  }
  comparer->EstimateSpread(worth);
  for (const uint32_t function : worth) {
    tested.tests.push_back(comparer->Test({function}));
  }
  return tested;
}

}  // namespace bench_profiler
