#include "bench_profiler/formats/parsed_folded.h"

#include <map>

#include "bench_profiler/formats/utf8.h"
#include "bench_profiler/profile/parsed_frames.h"

namespace bench_profiler {
namespace {

void AppendName(std::string_view name, std::string* stack) {
  if (!stack->empty()) *stack += ';';
  for (const char c : name) {
    if (c == ';') {
      *stack += ':';
    } else {
      *stack += c == '\n' || c == '\r' ? ' ' : c;
    }
  }
}

}  // namespace

std::string ToFolded(const ParsedProfile& profile,
                     const ConversionOptions& options) {
  std::map<std::string, uint64_t> stacks;  // sums wrap around as pprof's do
  FrameReader reader(profile);
  for (const ParsedSample& sample : profile.samples) {
    std::string stack;
    for (const ParsedFrame& frame : reader.Read(sample)) {
      AppendName(frame.name, &stack);
    }
    if (stack.empty()) stack = "<unknown>";
    stacks[stack] += static_cast<uint64_t>(sample.values[options.value]);
  }
  std::string text;
  for (const auto& [stack, value] : stacks) {
    if (value == 0) continue;
    text += ValidUtf8(stack) + " " +
            std::to_string(static_cast<int64_t>(value)) + "\n";
  }
  return text;
}

}  // namespace bench_profiler
