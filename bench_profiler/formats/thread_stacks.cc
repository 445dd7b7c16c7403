#include "bench_profiler/formats/thread_stacks.h"

#include <cinttypes>
#include <cstdio>
#include <vector>

#include "bench_profiler/formats/text.h"
#include "bench_profiler/formats/utf8.h"

namespace bench_profiler {
namespace {

std::string Hex(uint64_t number) {
  char text[32];
  std::snprintf(text, sizeof(text), "0x%" PRIx64, number);
  return text;
}

// What a line may hold of a name that the program chose.
std::string OnOneLine(const std::string& text) {
  std::string line = ValidUtf8(text);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ') c = '?';
  }
  return line;
}

std::string Head(const std::vector<Label>& labels) {
  std::string tid = "0";
  std::string state = "unknown";
  std::string name;
  std::string others;
  for (const Label& label : labels) {
    if (label.key == kTidLabel) {
      tid = label.text;
    } else if (label.key == kStateLabel) {
      state = label.text;
    } else if (label.key == kThreadLabel && name.empty()) {
      name = ", \"" + OnOneLine(label.text) + "\"";
    } else {
      others += (others.empty() ? " {\"" : ", \"") + OnOneLine(label.key) +
                "\": \"" + OnOneLine(label.text) + "\"";
    }
  }
  if (!others.empty()) others += "}";
  return "goroutine " + tid + " [" + state + name + "]" + others + ":\n";
}

std::string Frames(const Code& code, uint32_t frame) {
  std::string text;
  for (; frame != 0; frame = code.frames[frame].caller) {
    const Location& location = code.locations[code.frames[frame].location];
    if (location.lines.empty()) {
      text += Hex(location.address) + "\n\t??:0\n";
    }
    for (const Line& line : location.lines) {
      const Function& function = code.functions[line.function];
      text += function.name.empty() ? "??" : ValidUtf8(function.name);
      if (location.address == 0) {  // no code, and so no place
        text += "\n";
        continue;
      }
      // Go writes the arguments here.
      if (text.back() != ')') text += "(...)";
      text += "\n\t" +
              (function.file.empty() ? "??" : ValidUtf8(function.file)) + ":" +
              std::to_string(line.line);
      if (location.function_start != 0) {
        text += " +" + Hex(location.address + 1 - location.function_start);
      }
      text += "\n";
    }
  }
  return text;
}

}  // namespace

std::string ToStacks(const Profile& profile) {
  if (profile.text_form != TextForm::kThreads) return ToText(profile);
  std::string text;
  for (const Sample& sample : profile.samples) {
    if (!text.empty()) text += "\n";
    text += Head(profile.label_sets[sample.labels]) +
            Frames(*profile.code, sample.frame);
  }
  return text;
}

}  // namespace bench_profiler
