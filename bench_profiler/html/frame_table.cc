#include "bench_profiler/html/frame_table.h"

#include "bench_profiler/html/harness.h"
#include "bench_profiler/profile/demangle.h"

namespace bench_profiler {

uint32_t FrameTable::Add(PageFrame frame) {
  const auto [entry, is_new] =
      index_.emplace(std::make_pair(frame.full_name, frame.file),
                     static_cast<uint32_t>(frames_.size()));
  if (is_new) frames_.push_back(std::move(frame));
  return entry->second;
}

ProfileFrames::ProfileFrames(const ParsedProfile& profile, FrameTable* table)
    : profile_(profile),
      table_(table),
      of_function_(profile.functions.size(), -1) {}

const std::string& ProfileFrames::MappingOf(
    const ParsedLocation& location) const {
  static const std::string none;
  return location.mapping == kNoMapping
             ? none
             : profile_.mappings[location.mapping].path;
}

uint32_t ProfileFrames::OfLine(const ParsedLocation& location,
                               const ParsedLine& line) {
  if (line.function == kNoFunction) return OfNameless(location);
  int64_t& known = of_function_[line.function];
  if (known < 0) {
    const ParsedFunction& function = profile_.functions[line.function];
    if (function.name.empty() && function.system_name.empty()) {
      return OfNameless(location);
    }
    PageFrame frame;
    frame.name = NameToShow(function.name, function.system_name, false);
    frame.full_name = NameToShow(function.name, function.system_name, true);
    frame.file = function.file;
    frame.line = function.start_line;
    frame.group = GroupOf(frame.name, frame.file, MappingOf(location));
    known = table_->Add(std::move(frame));
  }
  return static_cast<uint32_t>(known);
}

uint32_t ProfileFrames::OfNameless(const ParsedLocation& location) {
  const std::string& path = MappingOf(location);
  PageFrame frame;
  const std::string base = path.substr(path.find_last_of('/') + 1);
  const bool has_brackets = !base.empty() && base[0] == '[';  // "[vdso]"
  frame.name = base.empty()   ? "<unknown>"
               : has_brackets ? base
                              : "[" + base + "]";
  frame.full_name = frame.name;
  frame.group = GroupOf("", "", path);
  return table_->Add(std::move(frame));
}

}  // namespace bench_profiler
