#include "bench_profiler/report/frame_filter.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "bench_profiler/report/frame_matches.h"

namespace bench_profiler {
namespace {

enum class Focus { kOther, kFocused, kIgnored };

// What the patterns say about one location of a profile.
struct LocationVerdict {
  Focus focus = Focus::kOther;
  bool is_hidden = false;
};

template <typename Predicate>
void EraseLines(ParsedLocation* location, Predicate is_erased) {
  location->lines.erase(
      std::remove_if(location->lines.begin(), location->lines.end(), is_erased),
      location->lines.end());
}

class ByName {
 public:
  ByName(const FrameFilter& filter, ParsedProfile* profile)
      : filter_(filter),
        profile_(profile),
        focus_(filter.focus, *profile),
        ignore_(filter.ignore, *profile),
        hide_(filter.hide, *profile),
        show_(filter.show, *profile) {}

  void Apply(FrameFilterResult* result) {
    result->focus = !filter_.focus.is_set();
    result->ignore = !filter_.ignore.is_set();
    result->hide = !filter_.hide.is_set();
    result->show = !filter_.show.is_set();
    verdicts_.reserve(profile_->locations.size());
    for (ParsedLocation& location : profile_->locations) {
      LocationVerdict verdict;
      verdict.focus = FocusOf(location, result);
      HideLines(&location, &verdict, result);
      ShowLines(&location, &verdict, result);
      verdicts_.push_back(verdict);
    }
    KeepSamples();
  }

 private:
  Focus FocusOf(const ParsedLocation& location,
                FrameFilterResult* result) const {
    if (ignore_.Any(location)) {
      result->ignore = true;
      return Focus::kIgnored;
    }
    if (filter_.focus.is_set() && !focus_.Any(location)) return Focus::kOther;
    result->focus = true;
    return Focus::kFocused;
  }

  void HideLines(ParsedLocation* location, LocationVerdict* verdict,
                 FrameFilterResult* result) const {
    if (!hide_.Any(*location)) return;
    result->hide = true;
    if (hide_.Module(*location)) location->lines.clear();
    EraseLines(location,
               [this](const ParsedLine& line) { return hide_.Function(line); });
    verdict->is_hidden = location->lines.empty();
  }

  void ShowLines(ParsedLocation* location, LocationVerdict* verdict,
                 FrameFilterResult* result) const {
    if (!filter_.show.is_set()) return;
    if (!show_.Module(*location)) {
      EraseLines(location, [this](const ParsedLine& line) {
        return line.function != kNoFunction && !show_.Function(line);
      });
    }
    if (location->lines.empty()) {
      verdict->is_hidden = true;
    } else {
      result->show = true;
    }
  }

  bool IsKept(const ParsedSample& sample) const {
    bool is_focused = false;
    for (const uint32_t location : sample.locations) {
      if (verdicts_[location].focus == Focus::kIgnored) return false;
      is_focused |= verdicts_[location].focus == Focus::kFocused;
    }
    return is_focused;
  }

  void KeepSamples() {
    std::vector<ParsedSample> kept;
    for (ParsedSample& sample : profile_->samples) {
      if (!IsKept(sample)) continue;
      sample.locations.erase(
          std::remove_if(sample.locations.begin(), sample.locations.end(),
                         [this](uint32_t location) {
                           return verdicts_[location].is_hidden;
                         }),
          sample.locations.end());
      if (!sample.locations.empty()) kept.push_back(std::move(sample));
    }
    profile_->samples = std::move(kept);
  }

  const FrameFilter& filter_;
  ParsedProfile* const profile_;
  const FrameMatches focus_, ignore_, hide_, show_;
  std::vector<LocationVerdict> verdicts_;
};

bool ShowFrom(const Pattern& pattern, ParsedProfile* profile) {
  const FrameMatches matches(pattern, *profile);
  std::vector<bool> is_first(profile->locations.size());
  bool has_matched = false;
  for (size_t i = 0; i < profile->locations.size(); i++) {
    ParsedLocation& location = profile->locations[i];
    const auto last = std::find_if(
        location.lines.rbegin(), location.lines.rend(),
        [&matches](const ParsedLine& line) { return matches.Function(line); });
    if (matches.Module(location)) {
      is_first[i] = true;
    } else if (last != location.lines.rend()) {
      location.lines.erase(last.base(), location.lines.end());
      is_first[i] = true;
    }
    has_matched |= is_first[i];
  }
  std::vector<ParsedSample> kept;
  for (ParsedSample& sample : profile->samples) {
    const auto first =
        std::find_if(sample.locations.rbegin(), sample.locations.rend(),
                     [&is_first](uint32_t each) { return is_first[each]; });
    if (first == sample.locations.rend()) continue;
    sample.locations.erase(first.base(), sample.locations.end());
    kept.push_back(std::move(sample));
  }
  profile->samples = std::move(kept);
  return has_matched;
}

}  // namespace

FrameFilterResult FilterFrames(const FrameFilter& filter,
                               ParsedProfile* profile) {
  FrameFilterResult result;
  if (filter.focus.is_set() || filter.ignore.is_set() || filter.hide.is_set() ||
      filter.show.is_set()) {
    ByName(filter, profile).Apply(&result);
  } else {
    // No frame of them is one that is wanted, and pprof leaves them out.
    std::vector<ParsedSample>& samples = profile->samples;
    samples.erase(std::remove_if(samples.begin(), samples.end(),
                                 [](const ParsedSample& sample) {
                                   return sample.locations.empty();
                                 }),
                  samples.end());
  }
  if (filter.show_from.is_set()) {
    result.show_from = ShowFrom(filter.show_from, profile);
  }
  return result;
}

}  // namespace bench_profiler
