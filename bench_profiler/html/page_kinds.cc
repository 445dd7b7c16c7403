#include "bench_profiler/html/page_kinds.h"

#include <algorithm>

#include "bench_profiler/html/call_tree.h"

namespace bench_profiler {
namespace {

// "alloc_space" -> "Alloc space".
std::string TitleOf(const std::string& type) {
  std::string title = type;
  std::replace(title.begin(), title.end(), '_', ' ');
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') {
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
  }
  return title;
}

bool HasValues(const ParsedProfile& profile, size_t value) {
  return std::any_of(
      profile.samples.begin(), profile.samples.end(),
      [&](const ParsedSample& sample) { return sample.values[value] != 0; });
}

}  // namespace

const std::vector<PageKindRow>& PageKindRows() {
  static const auto* const rows = new std::vector<PageKindRow>{
      {"cpu", {"cpu", "CPU", "cpu", "nanoseconds"}},
      {"heap", {"heap", "Heap", "alloc_space", "bytes"}},
      {"heap", {"allocs", "Allocations", "alloc_objects", "count"}},
      {"block", {"block", "Block", "delay", "nanoseconds"}},
      {"mutex", {"mutex", "Mutex", "delay", "nanoseconds"}},
      {"wall", {"wall", "Wall clock", "wall", "nanoseconds"}},
      {"instructions",
       {"instructions", "Instructions", "instructions", "count"}},
  };
  return *rows;
}

std::vector<PageKind> KindsOf(const ParsedProfile& profile,
                              const std::string& value_type) {
  std::vector<PageKind> kinds;
  const size_t first = DefaultValueIndex(profile);
  for (size_t i = 0; i < profile.value_types.size(); ++i) {
    const auto& [type, unit] = profile.value_types[i];
    const bool is_wanted =
        value_type.empty()
            ? i == first || (type != "samples" && HasValues(profile, i))
            : type == value_type;
    if (!is_wanted) continue;
    kinds.insert(i == first ? kinds.begin() : kinds.end(),
                 {type, type == "cpu" ? "CPU" : TitleOf(type), type, unit});
  }
  return kinds;
}

}  // namespace bench_profiler
