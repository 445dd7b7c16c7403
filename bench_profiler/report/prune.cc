#include "bench_profiler/report/prune.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bench_profiler {
namespace {

// Without parameters, for names in full: "f(int)" is "f".
std::string_view WithoutParameters(std::string_view name) {
  if (!name.empty() && name.front() == '.') name.remove_prefix(1);
  constexpr std::string_view kReserved[] = {"(anonymous namespace)",
                                            "operator()"};
  for (size_t at = 0; at < name.size();) {
    const std::string_view rest = name.substr(at);
    const auto* const reserved =
        std::find_if(std::begin(kReserved), std::end(kReserved),
                     [rest](std::string_view each) {
                       return rest.substr(0, each.size()) == each;
                     });
    if (reserved != std::end(kReserved)) {
      at += reserved->size();
    } else if (rest.front() == '(') {
      return name.substr(0, at);
    } else {
      at++;
    }
  }
  return name;
}

// For each function whether frames of it match.
template <typename Matches>
std::vector<bool> MatchingFunctions(const ParsedProfile& profile,
                                    Matches matches) {
  std::vector<bool> result;
  result.reserve(profile.functions.size());
  for (const ParsedFunction& function : profile.functions) {
    result.push_back(!function.name.empty() &&
                     matches(WithoutParameters(function.name)));
  }
  return result;
}

bool IsIn(const std::vector<bool>& functions, const ParsedLine& line) {
  return line.function != kNoFunction && functions[line.function];
}

enum class Cut : char { kNone, kHere, kBelow };

// From the root on, behind the first frame that is not cut.
void CutSample(const std::vector<Cut>& cuts, ParsedSample* sample) {
  bool has_passed_other = false;
  for (size_t i = sample->locations.size(); i-- > 0;) {
    const Cut cut = cuts[sample->locations[i]];
    if (cut == Cut::kNone) {
      has_passed_other = true;
    } else if (has_passed_other) {
      const size_t first = cut == Cut::kHere ? i + 1 : i;
      sample->locations.erase(
          sample->locations.begin(),
          sample->locations.begin() + static_cast<ptrdiff_t>(first));
      return;
    }
  }
}

}  // namespace

void DropUninteresting(ParsedProfile* profile) {
  Pattern drop;
  Pattern keep;
  std::string ignored;  // a profile's bad pattern is no reason to show nothing
  if (profile->drop_frames.empty() ||
      !drop.Compile("", "^(" + profile->drop_frames + ")$", &ignored)) {
    return;
  }
  if (!profile->keep_frames.empty() &&
      !keep.Compile("", "^(" + profile->keep_frames + ")$", &ignored)) {
    return;
  }
  const std::vector<bool> dropped =
      MatchingFunctions(*profile, [&](std::string_view name) {
        return drop.Matches(name) && !(keep.is_set() && keep.Matches(name));
      });
  std::vector<Cut> cuts(profile->locations.size(), Cut::kNone);
  for (size_t i = 0; i < cuts.size(); i++) {
    std::vector<ParsedLine>& lines = profile->locations[i].lines;
    const auto outermost = std::find_if(
        lines.rbegin(), lines.rend(),
        [&dropped](const ParsedLine& line) { return IsIn(dropped, line); });
    if (outermost == lines.rend()) continue;
    if (outermost == lines.rbegin()) {
      cuts[i] = Cut::kHere;
    } else {
      cuts[i] = Cut::kBelow;
      lines.erase(lines.begin(), outermost.base());
    }
  }
  for (ParsedSample& sample : profile->samples) CutSample(cuts, &sample);
}

void PruneFrom(const Pattern& pattern, ParsedProfile* profile) {
  const std::vector<bool> functions = MatchingFunctions(
      *profile, [&](std::string_view name) { return pattern.Matches(name); });
  std::vector<bool> is_cut(profile->locations.size());
  for (size_t i = 0; i < is_cut.size(); i++) {
    std::vector<ParsedLine>& lines = profile->locations[i].lines;
    const auto innermost = std::find_if(
        lines.begin(), lines.end(),
        [&functions](const ParsedLine& line) { return IsIn(functions, line); });
    if (innermost == lines.end()) continue;
    is_cut[i] = true;
    lines.erase(lines.begin(), innermost);
  }
  for (ParsedSample& sample : profile->samples) {
    const auto first =
        std::find_if(sample.locations.begin(), sample.locations.end(),
                     [&is_cut](uint32_t each) { return is_cut[each]; });
    if (first != sample.locations.end()) {
      sample.locations.erase(sample.locations.begin(), first);
    }
  }
}

}  // namespace bench_profiler
