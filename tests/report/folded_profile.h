// A profile from folded stacks, for tests of reports.
//
//   FoldedProfile({"main;Sort;>Swap 10", "main;Sort 5"})
//
// ">" before a function says that it is inlined into the one before it. Equal
// frames at the same place of their stacks are one location, with an address.
#ifndef BENCH_PROFILER_TESTS_REPORT_FOLDED_PROFILE_H_
#define BENCH_PROFILER_TESTS_REPORT_FOLDED_PROFILE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

class FoldedProfile {
 public:
  explicit FoldedProfile(const std::vector<std::string>& stacks) {
    profile.value_types = {{"cpu", "nanoseconds"}};
    ParsedMapping program;
    program.path = "/usr/bin/program";
    profile.mappings.push_back(program);
    for (const std::string& stack : stacks) Add(stack);
  }

  void Add(const std::string& stack) {
    const size_t space = stack.rfind(' ');
    ParsedSample sample;
    sample.values.push_back(std::stoll(stack.substr(space + 1)));
    std::vector<std::string> frames;
    for (size_t begin = 0; begin <= space;) {
      const size_t end = std::min(stack.find(';', begin), space);
      std::string name = stack.substr(begin, end - begin);
      begin = end + 1;
      if (name.front() == '>') {
        frames.back() += ";" + name.substr(1);
      } else {
        frames.push_back(std::move(name));
      }
    }
    for (const std::string& frame : frames) {
      sample.locations.insert(sample.locations.begin(), LocationOf(frame));
    }
    profile.samples.push_back(std::move(sample));
  }

  ParsedProfile profile;

 private:
  // "Sort;Swap": Swap inlined into Sort.
  uint32_t LocationOf(const std::string& frame) {
    const auto [found, is_new] = locations_.emplace(
        frame, static_cast<uint32_t>(profile.locations.size()));
    if (!is_new) return found->second;
    ParsedLocation location;
    location.address = 0x1000 + 16 * profile.locations.size();
    location.mapping = 0;
    for (size_t begin = 0; begin <= frame.size();) {
      const size_t end = std::min(frame.find(';', begin), frame.size());
      ParsedLine line;
      line.function = FunctionOf(frame.substr(begin, end - begin));
      line.line = 10;
      location.lines.insert(location.lines.begin(), line);
      begin = end + 1;
    }
    profile.locations.push_back(std::move(location));
    return found->second;
  }

  uint32_t FunctionOf(const std::string& name) {
    const auto [found, is_new] = functions_.emplace(
        name, static_cast<uint32_t>(profile.functions.size()));
    if (is_new) {
      ParsedFunction function;
      function.name = function.system_name = name;
      function.file = "/src/" + name + ".cc";
      profile.functions.push_back(std::move(function));
    }
    return found->second;
  }

  std::map<std::string, uint32_t> locations_;
  std::map<std::string, uint32_t> functions_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_REPORT_FOLDED_PROFILE_H_
