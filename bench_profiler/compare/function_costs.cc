#include "bench_profiler/compare/function_costs.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/profile/parsed_frames.h"

namespace bench_profiler {
namespace {

constexpr uint32_t kUnknown = UINT32_MAX;

// Frames as functions of the table. Making a function's key is slow, and most
// are on many stacks.
class FrameFunctions {
 public:
  FrameFunctions(const ParsedProfile& profile, FunctionTable* table)
      : profile_(profile),
        table_(table),
        known_(profile.functions.size(), kUnknown) {}

  uint32_t Of(const ParsedFrame& frame) {
    if (frame.function == nullptr) return table_->AddNameless(frame.name);
    const auto index =
        static_cast<size_t>(frame.function - profile_.functions.data());
    if (known_[index] == kUnknown) known_[index] = table_->Add(*frame.function);
    return known_[index];
  }

 private:
  const ParsedProfile& profile_;
  FunctionTable* const table_;
  std::vector<uint32_t> known_;
};

}  // namespace

int FindValueType(const ParsedProfile& profile, std::string_view type) {
  for (size_t i = 0; i < profile.value_types.size(); ++i) {
    if (profile.value_types[i].type == type) return static_cast<int>(i);
  }
  return -1;
}

void AddFunctionCosts(const ParsedProfile& profile,
                      const std::vector<CostTarget>& targets,
                      FunctionTable* functions) {
  FrameReader reader(profile);
  FrameFunctions frame_functions(profile, functions);
  std::vector<uint32_t> stack;  // the leaf is the last
  for (const ParsedSample& sample : profile.samples) {
    stack.clear();
    for (const ParsedFrame& frame : reader.Read(sample)) {
      stack.push_back(frame_functions.Of(frame));
    }
    if (stack.empty()) continue;
    const uint32_t leaf = stack.back();
    const bool has_caller = stack.size() > 1;
    const uint32_t caller = has_caller ? stack[stack.size() - 2] : 0;
    std::sort(stack.begin(), stack.end());
    stack.erase(std::unique(stack.begin(), stack.end()), stack.end());
    for (const CostTarget& target : targets) {
      const auto cost = static_cast<double>(
          sample.values[static_cast<size_t>(target.value_type)]);
      if (cost == 0) continue;
      MeasuredValue* const value = target.value;
      value->samples += cost;
      value->functions[leaf].self += cost;
      if (has_caller) value->calls[{caller, leaf}] += cost;
      for (const uint32_t function : stack) {
        value->functions[function].cumulative += cost;
      }
    }
  }
}

}  // namespace bench_profiler
