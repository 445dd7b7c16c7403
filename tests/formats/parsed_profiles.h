// Profiles for tests, made in a line.
//
//   ParsedProfile profile = MakeParsed({{{"leaf", "main"}, 7}});
#ifndef BENCH_PROFILER_TESTS_FORMATS_PARSED_PROFILES_H_
#define BENCH_PROFILER_TESTS_FORMATS_PARSED_PROFILES_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

struct MadeSample {
  // The leaf first. One that begins with "+" is inlined in the one after it.
  std::vector<std::string> stack;
  int64_t value = 0;
  std::vector<ParsedLabel> labels = {};
};

inline ParsedLabel TextLabel(const std::string& key, const std::string& text) {
  ParsedLabel label;
  label.key = key;
  label.text = text;
  return label;
}

inline ParsedLabel NumberLabel(const std::string& key, int64_t number,
                               const std::string& unit) {
  ParsedLabel label;
  label.key = key;
  label.is_number = true;
  label.number = number;
  label.unit = unit;
  return label;
}

inline uint32_t MadeFunction(const std::string& name, ParsedProfile* profile) {
  std::vector<ParsedFunction>& functions = profile->functions;
  const auto found = std::find_if(
      functions.begin(), functions.end(),
      [&](const ParsedFunction& function) { return function.name == name; });
  const auto index = static_cast<uint32_t>(found - functions.begin());
  if (found == functions.end()) {
    ParsedFunction function;
    function.name = name;
    function.system_name = "_Z" + name;
    function.file = name + ".cc";
    function.start_line = 10;
    functions.push_back(function);
  }
  return index;
}

// A CPU profile of the program /bin/made, loaded at `start`. Each frame of each
// stack is a location of its own.
inline ParsedProfile MakeParsed(const std::vector<MadeSample>& samples,
                                uint64_t start = 0x400000) {
  ParsedProfile profile;
  profile.value_types = {{"cpu", "nanoseconds"}};
  profile.period_type = {"cpu", "nanoseconds"};
  profile.period = 1000000;
  profile.mappings.emplace_back();
  profile.mappings[0].path = "/bin/made";
  profile.mappings[0].start = start;
  profile.mappings[0].limit = start + 0x10000;
  for (const MadeSample& made : samples) {
    ParsedSample sample;
    sample.values = {made.value};
    sample.labels = made.labels;
    ParsedLocation location;
    for (const std::string& frame : made.stack) {
      const bool is_inlined = frame[0] == '+';
      const std::string name = frame.substr(is_inlined ? 1 : 0);
      ParsedLine line;
      line.function = MadeFunction(name, &profile);
      line.line = 20 + static_cast<int64_t>(name.size());
      location.lines.push_back(line);
      if (is_inlined) continue;
      location.mapping = 0;
      location.address = start + static_cast<unsigned char>(name[0]);
      sample.locations.push_back(
          static_cast<uint32_t>(profile.locations.size()));
      profile.locations.push_back(std::exchange(location, {}));
    }
    profile.samples.push_back(sample);
  }
  return profile;
}

// "leaf<main 7 key=text", in the order of the profile.
inline std::vector<std::string> SamplesOf(const ParsedProfile& profile) {
  std::vector<std::string> texts;
  for (const ParsedSample& sample : profile.samples) {
    std::string text;
    for (const uint32_t location : sample.locations) {
      for (const ParsedLine& line : profile.locations[location].lines) {
        text +=
            (text.empty() ? "" : "<") + profile.functions[line.function].name;
      }
    }
    for (const int64_t value : sample.values) {
      text += " " + std::to_string(value);
    }
    for (const ParsedLabel& label : sample.labels) {
      text += " " + label.key + "=" +
              (label.is_number ? std::to_string(label.number) + label.unit
                               : label.text);
    }
    texts.push_back(text);
  }
  return texts;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_FORMATS_PARSED_PROFILES_H_
