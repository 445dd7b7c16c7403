#include "bench_profiler/report/frame_matches.h"

#include <algorithm>

namespace bench_profiler {

FrameMatches::FrameMatches(const Pattern& pattern, const ParsedProfile& profile)
    : functions_(profile.functions.size()), mappings_(profile.mappings.size()) {
  if (!pattern.is_set()) return;
  for (size_t i = 0; i < functions_.size(); i++) {
    const ParsedFunction& function = profile.functions[i];
    functions_[i] =
        pattern.Matches(function.name) || pattern.Matches(function.file);
  }
  for (size_t i = 0; i < mappings_.size(); i++) {
    mappings_[i] = pattern.Matches(profile.mappings[i].path);
  }
}

bool FrameMatches::Any(const ParsedLocation& location) const {
  return Module(location) ||
         std::any_of(location.lines.begin(), location.lines.end(),
                     [this](const ParsedLine& line) { return Function(line); });
}

}  // namespace bench_profiler
