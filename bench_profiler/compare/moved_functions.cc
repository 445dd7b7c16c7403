#include "bench_profiler/compare/moved_functions.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>

namespace bench_profiler {
namespace {

constexpr size_t kNoTest = SIZE_MAX;

class MoveFinder {
 public:
  MoveFinder(const std::vector<FunctionTest>& tests,
             const std::vector<bool>& is_changed,
             const FunctionComparer& comparer)
      : tests_(tests),
        is_changed_(is_changed),
        comparer_(comparer),
        moved_(tests.size()) {
    for (size_t i = 0; i < tests.size(); ++i) test_of_[tests[i].function] = i;
  }

  // What functions cost when these call them, as the benchmark's cost. Only
  // calls of a function that changed matter.
  void AddCalls(const FunctionShares& shares, double scale) {
    FlowsByPair flows;
    for (const ProcessValue& value : shares.values()) {
      for (const auto& [call, cost] : value.measured->calls) {
        const size_t caller = TestOf(shares.InOld(call.first));
        const size_t callee = TestOf(shares.InOld(call.second));
        if (caller == kNoTest || callee == kNoTest || caller == callee) {
          continue;
        }
        if (!is_changed_[caller] && !is_changed_[callee]) continue;
        flows[std::minmax(caller, callee)] += cost / shares.samples() * scale;
      }
    }
    for (const auto& [pair, flow] : flows) {
      KeepLarger(pair.first, pair.second, flow);
      KeepLarger(pair.second, pair.first, flow);
    }
  }

  void FindInlined() {
    for (const size_t test : ChangedByEvidence()) {
      if (moved_[test].kind != MovedFunction::Kind::kNone) continue;
      const std::vector<size_t> partners = PartnersOf(test);
      if (partners.empty()) continue;
      constexpr auto kKind = MovedFunction::Kind::kInlined;
      if (TryGroup({test}, partners, kKind)) continue;
      TryGroup({test}, {partners.front()}, kKind);
    }
  }

  // What only OLD has against what only NEW has.
  void FindReplaced() {
    std::vector<size_t> gone;
    std::vector<size_t> added;
    bool any_changed = false;
    for (size_t i = 0; i < tests_.size(); ++i) {
      if (moved_[i].kind != MovedFunction::Kind::kNone) continue;
      if (tests_[i].new_samples == 0) {
        gone.push_back(i);
      } else if (tests_[i].old_samples == 0) {
        added.push_back(i);
      } else {
        continue;
      }
      any_changed = any_changed || is_changed_[i];
    }
    if (!any_changed || gone.empty() || added.empty()) return;
    TryGroup(gone, added, MovedFunction::Kind::kReplaced);
  }

  std::vector<MovedFunction> Take() { return std::move(moved_); }

 private:
  using FlowsByPair = std::map<std::pair<size_t, size_t>, double>;

  size_t TestOf(uint32_t function) const {
    const auto it = test_of_.find(function);
    return it == test_of_.end() ? kNoTest : it->second;
  }

  void KeepLarger(size_t from, size_t to, double flow) {
    double& kept = flows_[from][to];
    kept = std::max(kept, flow);
  }

  double Size(size_t test) const { return std::fabs(tests_[test].difference); }

  std::vector<size_t> ChangedByEvidence() const {
    std::vector<size_t> changed;
    for (size_t i = 0; i < tests_.size(); ++i) {
      if (is_changed_[i]) changed.push_back(i);
    }
    std::stable_sort(changed.begin(), changed.end(), [&](size_t a, size_t b) {
      return tests_[a].statistic > tests_[b].statistic;
    });
    return changed;
  }

  // Callers and callees that changed the other way, the largest change first.
  std::vector<size_t> PartnersOf(size_t test) const {
    std::vector<size_t> partners;
    const auto it = flows_.find(test);
    if (it == flows_.end()) return partners;
    for (const auto& [other, flow] : it->second) {
      const bool is_opposite =
          tests_[test].difference * tests_[other].difference < 0;
      const bool is_free = moved_[other].kind == MovedFunction::Kind::kNone;
      const double size = std::min(Size(other), Size(test));
      if (is_opposite && is_free && IsEvident(other) && flow >= size / 2) {
        partners.push_back(other);
      }
    }
    std::stable_sort(partners.begin(), partners.end(),
                     [&](size_t a, size_t b) { return Size(a) > Size(b); });
    return partners;
  }

  bool TryGroup(const std::vector<size_t>& one_end,
                const std::vector<size_t>& other_end,
                MovedFunction::Kind kind) {
    // Noise may hide that much of the one end has no counterpart.
    const double size = SizeOf(one_end);
    const double other_size = SizeOf(other_end);
    if (size < other_size / 2 || other_size < size / 2) return false;
    std::vector<size_t> all = one_end;
    all.insert(all.end(), other_end.begin(), other_end.end());
    if (!comparer_.IsSumUnchanged(FunctionsOf(all))) return false;
    Set(one_end, other_end, kind);
    Set(other_end, one_end, kind);
    return true;
  }

  double SizeOf(const std::vector<size_t>& tests) const {
    double sum = 0;
    for (const size_t test : tests) sum += Size(test);
    return sum;
  }

  // Of many functions some move the other way by chance: they would add up.
  bool IsEvident(size_t test) const {
    if (!comparer_.is_exact()) return tests_[test].statistic >= 2;
    return tests_[test].exact.finding != ExactFinding::kUnchanged;
  }

  std::vector<uint32_t> FunctionsOf(const std::vector<size_t>& tests) const {
    std::vector<uint32_t> functions;
    functions.reserve(tests.size());
    for (const size_t test : tests) functions.push_back(tests_[test].function);
    return functions;
  }

  void Set(const std::vector<size_t>& tests,
           const std::vector<size_t>& partners, MovedFunction::Kind kind) {
    const size_t largest = *std::max_element(
        partners.begin(), partners.end(),
        [&](size_t a, size_t b) { return Size(a) < Size(b); });
    for (const size_t test : tests) {
      moved_[test] = {kind, largest, partners.size() - 1};
    }
  }

  const std::vector<FunctionTest>& tests_;
  const std::vector<bool>& is_changed_;
  const FunctionComparer& comparer_;
  std::vector<MovedFunction> moved_;
  std::unordered_map<uint32_t, size_t> test_of_;
  // Of both sides the larger, by both ends.
  std::unordered_map<size_t, std::map<size_t, double>> flows_;
};

}  // namespace

std::vector<MovedFunction> FindMoved(const std::vector<FunctionTest>& tests,
                                     const std::vector<bool>& is_changed,
                                     const FunctionComparer& comparer,
                                     const FunctionShares& old_shares,
                                     const FunctionShares& new_shares) {
  if (std::find(is_changed.begin(), is_changed.end(), true) ==
      is_changed.end()) {
    return std::vector<MovedFunction>(tests.size());
  }
  MoveFinder finder(tests, is_changed, comparer);
  finder.AddCalls(old_shares, comparer.old_value());
  finder.AddCalls(new_shares, comparer.new_value());
  finder.FindInlined();
  finder.FindReplaced();
  return finder.Take();
}

}  // namespace bench_profiler
