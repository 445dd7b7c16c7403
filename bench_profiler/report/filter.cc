#include "bench_profiler/report/filter.h"

#include <algorithm>

#include "bench_profiler/report/frame_filter.h"
#include "bench_profiler/report/pattern.h"
#include "bench_profiler/report/prune.h"
#include "bench_profiler/report/tag_filter.h"

namespace bench_profiler {
namespace {

struct AllFilters {
  FrameFilter frames;
  TagFilter tag_focus, tag_ignore;
  Pattern tag_show, tag_hide, prune_from;
};

bool Compile(PreparedReport* report, AllFilters* filters, std::string* error) {
  const ReportOptions& options = report->options;
  FrameFilter& frames = filters->frames;
  const auto tag = [&](const char* name, const std::string& text,
                       TagFilter* filter) {
    return filter->Compile(name, text, report->label_units, &report->warnings,
                           error);
  };
  return frames.focus.Compile("focus", options.focus, error) &&
         frames.ignore.Compile("ignore", options.ignore, error) &&
         frames.hide.Compile("hide", options.hide, error) &&
         frames.show.Compile("show", options.show, error) &&
         frames.show_from.Compile("show_from", options.show_from, error) &&
         tag("tagfocus", options.tag_focus, &filters->tag_focus) &&
         tag("tagignore", options.tag_ignore, &filters->tag_ignore) &&
         filters->prune_from.Compile("prune_from", options.prune_from, error) &&
         filters->tag_show.Compile("tagshow", options.tag_show, error) &&
         filters->tag_hide.Compile("taghide", options.tag_hide, error);
}

void WarnUnless(bool has_matched, const char* option, PreparedReport* report) {
  if (has_matched) return;
  report->warnings.push_back(std::string(option) +
                             " expression matched no samples");
}

void FilterByTag(const AllFilters& filters, PreparedReport* report) {
  const bool has_focus = filters.tag_focus.is_set();
  const bool has_ignore = filters.tag_ignore.is_set();
  if (!has_focus && !has_ignore) return;
  bool any_focused = false;
  bool any_ignored = false;
  std::vector<ParsedSample>& samples = report->profile.samples;
  samples.erase(
      std::remove_if(samples.begin(), samples.end(),
                     [&](const ParsedSample& sample) {
                       const bool is_focused =
                           !has_focus || filters.tag_focus.Matches(sample);
                       const bool is_ignored =
                           has_ignore && filters.tag_ignore.Matches(sample);
                       any_focused |= is_focused;
                       any_ignored |= is_ignored;
                       return !is_focused || is_ignored;
                     }),
      samples.end());
  WarnUnless(!has_focus || any_focused, "TagFocus", report);
  WarnUnless(!has_ignore || any_ignored, "TagIgnore", report);
}

void FilterTags(const AllFilters& filters, PreparedReport* report) {
  const bool has_show = filters.tag_show.is_set();
  const bool has_hide = filters.tag_hide.is_set();
  if (!has_show && !has_hide) return;
  bool any_shown = false;
  bool any_hidden = false;
  for (ParsedSample& sample : report->profile.samples) {
    sample.labels.erase(
        std::remove_if(sample.labels.begin(), sample.labels.end(),
                       [&](const ParsedLabel& label) {
                         const bool is_shown =
                             !has_show || filters.tag_show.Matches(label.key);
                         const bool is_hidden =
                             has_hide && filters.tag_hide.Matches(label.key);
                         any_shown |= is_shown;
                         any_hidden |= is_hidden;
                         return !is_shown || is_hidden;
                       }),
        sample.labels.end());
  }
  WarnUnless(!has_show || any_shown, "TagShow", report);
  WarnUnless(!has_hide || any_hidden, "TagHide", report);
}

}  // namespace

bool ApplyFilters(PreparedReport* report, std::string* error) {
  AllFilters filters;
  if (!Compile(report, &filters, error)) return false;
  const FrameFilterResult frames =
      FilterFrames(filters.frames, &report->profile);
  WarnUnless(frames.focus, "Focus", report);
  WarnUnless(frames.ignore, "Ignore", report);
  WarnUnless(frames.hide, "Hide", report);
  WarnUnless(frames.show, "Show", report);
  WarnUnless(frames.show_from, "ShowFrom", report);
  FilterByTag(filters, report);
  FilterTags(filters, report);
  if (filters.prune_from.is_set()) {
    PruneFrom(filters.prune_from, &report->profile);
  }
  return true;
}

std::vector<std::string> ActiveFilters(const ReportOptions& options) {
  std::vector<std::string> active;
  const auto add = [&active](const char* name, const std::string& text) {
    if (!text.empty()) active.push_back(std::string(name) + "=" + text);
  };
  add("focus", options.focus);
  add("ignore", options.ignore);
  add("hide", options.hide);
  add("show", options.show);
  add("show_from", options.show_from);
  add("tagfocus", options.tag_focus);
  add("tagignore", options.tag_ignore);
  add("tagshow", options.tag_show);
  add("taghide", options.tag_hide);
  return active;
}

}  // namespace bench_profiler
