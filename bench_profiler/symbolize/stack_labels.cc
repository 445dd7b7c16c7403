#include "bench_profiler/symbolize/stack_labels.h"

#include "bench_profiler/profile/demangle.h"

namespace bench_profiler {

std::vector<Label> StackLabels::Of(uint32_t stack) {
  std::vector<Label> labels;
  for (size_t i = 0; i < data_.stack_labels.size; ++i) {
    const std::string& value = ValueOf(stack, i);
    if (!value.empty()) {
      labels.push_back({data_.stack_labels[i].key, value, 0, ""});
    }
  }
  return labels;
}

const std::string& StackLabels::ValueOf(uint32_t stack, size_t label) {
  // Goes from the innermost frame outwards to one that is known, and back.
  // Without recursion, since stacks may be deep.
  std::vector<uint32_t> unknown;
  uint32_t node = stack;
  for (; node != 0 && values_.count({node, label}) == 0;
       node = data_.stacks[node].parent) {
    unknown.push_back(node);
  }
  std::string value = node == 0 ? "" : values_[{node, label}];
  for (size_t i = unknown.size(); i-- > 0;) {
    const Location& place = code_.locations[code_.frames[unknown[i]].location];
    for (size_t j = place.lines.size(); j-- > 0 && value.empty();) {
      value = Read(place.lines[j].function, label);
    }
    values_[{unknown[i], label}] = value;
  }
  return values_[{stack, label}];
}

const std::string& StackLabels::Read(uint32_t function, size_t label) {
  const auto inserted = read_.emplace(std::make_pair(function, label), "");
  if (inserted.second) {
    char value[1024];
    const std::string name = FullName(code_.functions[function].system_name);
    if (data_.stack_labels[label].read(name.c_str(), value, sizeof(value))) {
      inserted.first->second = value;
    }
  }
  return inserted.first->second;
}

}  // namespace bench_profiler
