// Which frames a pattern means: by the name of a function, by its source file,
// or by the program or library that it is in. Each name is looked at once.
//
//   const FrameMatches matches(pattern, profile);
//   matches.Any(profile.locations[i])
#ifndef BENCH_PROFILER_REPORT_FRAME_MATCHES_H_
#define BENCH_PROFILER_REPORT_FRAME_MATCHES_H_

#include <vector>

#include "bench_profiler/profile/parsed_profile.h"
#include "bench_profiler/report/pattern.h"

namespace bench_profiler {

class FrameMatches {
 public:
  // Nothing matches a pattern that is not set.
  FrameMatches(const Pattern& pattern, const ParsedProfile& profile);

  bool Function(const ParsedLine& line) const {
    return line.function != kNoFunction && functions_[line.function];
  }
  bool Module(const ParsedLocation& location) const {
    return location.mapping != kNoMapping && mappings_[location.mapping];
  }
  bool Any(const ParsedLocation& location) const;

 private:
  std::vector<bool> functions_;
  std::vector<bool> mappings_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_FRAME_MATCHES_H_
