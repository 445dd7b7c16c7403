#include "bench_profiler/profile/parsed_frames.h"

namespace bench_profiler {
namespace {

constexpr char kUnknown[] = "<unknown>";

std::string NameOf(const ParsedMapping& mapping) {
  if (mapping.path.empty()) return kUnknown;
  // npos + 1 is 0: a path without "/" is all name.
  const std::string name = mapping.path.substr(mapping.path.rfind('/') + 1);
  return name[0] == '[' ? name : "[" + name + "]";
}

std::string_view NameOf(const ParsedFunction& function) {
  if (!function.name.empty()) return function.name;
  if (!function.system_name.empty()) return function.system_name;
  return kUnknown;
}

}  // namespace

FrameReader::FrameReader(const ParsedProfile& profile) : profile_(profile) {
  for (const ParsedMapping& mapping : profile.mappings) {
    mapping_names_.push_back(NameOf(mapping));
  }
}

const std::vector<ParsedFrame>& FrameReader::Read(const ParsedSample& sample) {
  frames_.clear();
  for (size_t i = sample.locations.size(); i-- > 0;) {
    const ParsedLocation& location = profile_.locations[sample.locations[i]];
    if (location.lines.empty()) {
      ParsedFrame frame;
      frame.name = kUnknown;
      if (location.mapping != kNoMapping) {
        frame.name = mapping_names_[location.mapping];
      }
      frames_.push_back(frame);
    }
    // The outermost is the last one.
    for (size_t j = location.lines.size(); j-- > 0;) {
      const ParsedLine& line = location.lines[j];
      ParsedFrame frame;
      frame.name = kUnknown;
      if (line.function != kNoFunction) {
        frame.function = &profile_.functions[line.function];
        frame.name = NameOf(*frame.function);
      }
      frame.line = line.line;
      frame.is_inlined = j + 1 < location.lines.size();
      frames_.push_back(frame);
    }
  }
  return frames_;
}

}  // namespace bench_profiler
