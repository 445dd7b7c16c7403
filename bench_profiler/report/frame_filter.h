// Filters by the names of frames, with pprof's meaning.
//
//   const FrameFilterResult result = FilterFrames(filter, &profile);
//   if (!result.focus) ...  // nothing matched it
//
// focus: only samples with such a frame. ignore: none with such a frame. hide:
// without such frames. show: without other frames. show_from: from the first
// such frame on, seen from the root.
#ifndef BENCH_PROFILER_REPORT_FRAME_FILTER_H_
#define BENCH_PROFILER_REPORT_FRAME_FILTER_H_

#include "bench_profiler/profile/parsed_profile.h"
#include "bench_profiler/report/pattern.h"

namespace bench_profiler {

struct FrameFilter {
  Pattern focus, ignore, hide, show, show_from;
};

// Which of the patterns matched something; true for those that are not set.
struct FrameFilterResult {
  bool focus = true, ignore = true, hide = true, show = true, show_from = true;
};

FrameFilterResult FilterFrames(const FrameFilter& filter,
                               ParsedProfile* profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_FRAME_FILTER_H_
