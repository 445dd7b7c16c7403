#include "bench_profiler/formats/parsed_folded.h"

#include <map>
#include <stdexcept>

#include "bench_profiler/formats/utf8.h"
#include "bench_profiler/profile/parsed_frames.h"

namespace bench_profiler {
namespace {

// A small file can have a long name in each of many frames.
constexpr size_t kMaxSize = size_t{512} << 20;

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
  size_t size = 0;
  FrameReader reader(profile);
  for (const ParsedSample& sample : profile.samples) {
    std::string stack;
    for (const ParsedFrame& frame : reader.Read(sample)) {
      AppendName(frame.name, &stack);
      if (size + stack.size() > kMaxSize) {
        throw std::length_error("more than 512 MiB of folded stacks");
      }
    }
    if (stack.empty()) stack = "<unknown>";
    const auto [it, is_new] = stacks.try_emplace(stack);
    it->second += static_cast<uint64_t>(sample.values[options.value]);
    if (is_new) size += stack.size();
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
