// The functions of a report, each once, whatever number of profiles has them.
//
//   FrameTable table;
//   ProfileFrames frames(profile, &table);
//   uint32_t frame = frames.OfLine(location, 0);  // index into table.frames()
#ifndef BENCH_PROFILER_HTML_FRAME_TABLE_H_
#define BENCH_PROFILER_HTML_FRAME_TABLE_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/html/page_data.h"
#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

class FrameTable {
 public:
  // The frame with this full name and file, which is added if it is new.
  uint32_t Add(PageFrame frame);

  const std::vector<PageFrame>& frames() const { return frames_; }
  std::vector<PageFrame> Take() { return std::move(frames_); }

 private:
  std::vector<PageFrame> frames_;
  std::map<std::pair<std::string, std::string>, uint32_t> index_;
};

// Which frames the functions of one profile are. Keeps references.
class ProfileFrames {
 public:
  ProfileFrames(const ParsedProfile& profile, FrameTable* table);

  // The function of a line of a location.
  uint32_t OfLine(const ParsedLocation& location, const ParsedLine& line);

  // What stands for a location without lines: "[libm.so.6]".
  uint32_t OfNameless(const ParsedLocation& location);

 private:
  const std::string& MappingOf(const ParsedLocation& location) const;

  const ParsedProfile& profile_;
  FrameTable* const table_;
  std::vector<int64_t> of_function_;  // negative: not added yet
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_FRAME_TABLE_H_
