// The stacks of a profile as a viewer draws them: from the root on, inlined
// functions as frames of their own, and a name for each.
//
//   FrameReader reader(profile);
//   for (const ParsedFrame& frame : reader.Read(sample)) {
//     std::cout << (frame.is_inlined ? "» " : "") << frame.name << "\n";
//   }
#ifndef BENCH_PROFILER_PROFILE_PARSED_FRAMES_H_
#define BENCH_PROFILER_PROFILE_PARSED_FRAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

struct ParsedFrame {
  // "[libc.so.6]" where only the mapping is known, or "<unknown>".
  std::string_view name;
  const ParsedFunction* function = nullptr;  // null: unknown
  int64_t line = 0;
  bool is_inlined = false;  // in the frame before it
};

class FrameReader {
 public:
  // The profile has to outlive this object and the frames.
  explicit FrameReader(const ParsedProfile& profile);

  // What it returns is good until the next call.
  const std::vector<ParsedFrame>& Read(const ParsedSample& sample);

 private:
  const ParsedProfile& profile_;
  std::vector<std::string> mapping_names_;
  std::vector<ParsedFrame> frames_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_PARSED_FRAMES_H_
