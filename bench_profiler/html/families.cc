#include "bench_profiler/html/families.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>

namespace bench_profiler {
namespace {

std::vector<std::string> Split(const std::string& name) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t slash; (slash = name.find('/', begin)) != std::string::npos;
       begin = slash + 1) {
    parts.push_back(name.substr(begin, slash - begin));
  }
  parts.push_back(name.substr(begin));
  return parts;
}

// A part with its number replaced: "threads:8" is {"threads:*", 8}.
struct Argument {
  std::string pattern;
  double number = 0;
};

std::optional<Argument> ArgumentIn(const std::string& part) {
  const size_t begin = part.rfind(':') + 1;  // 0 if there is none
  const std::string text = part.substr(begin);
  if (text.empty() ||
      text.find_first_not_of("0123456789.-") != std::string::npos) {
    return std::nullopt;
  }
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (*end != '\0') return std::nullopt;
  return Argument{part.substr(0, begin) + "*", number};
}

struct Member {
  size_t benchmark;
  double argument;
};

// "BM_Sort/*" is shown as BM_Sort.
std::string Shown(const std::string& pattern) {
  const std::string end = "/*";
  const size_t size = pattern.size() - std::min(pattern.size(), end.size());
  return pattern.compare(size, end.size(), end) == 0 ? pattern.substr(0, size)
                                                     : pattern;
}

}  // namespace

std::vector<PageFamily> FindFamilies(const std::vector<std::string>& names) {
  std::map<std::string, std::vector<Member>> patterns;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::vector<std::string> parts = Split(names[i]);
    for (size_t k = 1; k < parts.size(); ++k) {
      const std::optional<Argument> argument = ArgumentIn(parts[k]);
      if (!argument) continue;
      std::string pattern;
      for (size_t part = 0; part < parts.size(); ++part) {
        pattern += (part == 0 ? "" : "/") +
                   (part == k ? argument->pattern : parts[part]);
      }
      patterns[pattern].push_back({i, argument->number});
    }
  }
  std::vector<std::pair<std::string, std::vector<Member>>> order(
      patterns.begin(), patterns.end());
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) {
                     return a.second.size() > b.second.size();
                   });
  std::vector<bool> is_taken(names.size());
  std::vector<PageFamily> families;
  for (const auto& [pattern, members] : order) {
    PageFamily family;
    family.name = Shown(pattern);
    for (const Member& member : members) {
      if (is_taken[member.benchmark]) continue;
      family.benchmarks.push_back(member.benchmark);
      family.arguments.push_back(member.argument);
    }
    if (family.benchmarks.size() < 2) continue;
    for (const size_t benchmark : family.benchmarks) is_taken[benchmark] = true;
    families.push_back(std::move(family));
  }
  std::sort(families.begin(), families.end(),
            [](const PageFamily& a, const PageFamily& b) {
              return a.benchmarks[0] < b.benchmarks[0];
            });
  return families;
}

}  // namespace bench_profiler
