// Labels as frames: at the root of stacks, to see each thread's or benchmark's
// part apart, or as leaves.
//
//   AddLabelFrames("benchmark,thread", /*leaf_keys=*/"", "auto", &profile);
#ifndef BENCH_PROFILER_REPORT_LABEL_FRAMES_H_
#define BENCH_PROFILER_REPORT_LABEL_FRAMES_H_

#include <string>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// Which of the lists of keys, with "," between them, met a label; true for
// empty ones.
struct LabelFramesResult {
  bool root = true;
  bool leaf = true;
};

// The first key comes next to the root. Numbers are shown in `unit`.
LabelFramesResult AddLabelFrames(const std::string& root_keys,
                                 const std::string& leaf_keys,
                                 const std::string& unit,
                                 ParsedProfile* profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_LABEL_FRAMES_H_
