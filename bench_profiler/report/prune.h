// Cuts what is below certain frames off the stacks: what an allocator does
// inside, for example, of heap profiles.
//
//   DropUninteresting(&profile);     // what the profile itself names
//   PruneFrom(pattern, &profile);    // what the user names
#ifndef BENCH_PROFILER_REPORT_PRUNE_H_
#define BENCH_PROFILER_REPORT_PRUNE_H_

#include "bench_profiler/profile/parsed_profile.h"
#include "bench_profiler/report/pattern.h"

namespace bench_profiler {

// Frames of functions that are drop_frames and not keep_frames, and all below.
// A stack that begins with such frames keeps those.
void DropUninteresting(ParsedProfile* profile);

// All below the innermost frame that matches.
void PruneFrom(const Pattern& pattern, ParsedProfile* profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_PRUNE_H_
