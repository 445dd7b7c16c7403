#include "bench_profiler/report/paths.h"

#include <vector>

namespace bench_profiler {
namespace {

// Go's lists of paths: none for "", else also empty ones.
std::vector<std::string> SplitList(std::string_view list) {
  std::vector<std::string> result;
  while (!list.empty()) {
    const size_t end = list.find(':');
    result.emplace_back(list.substr(0, end));
    if (end == std::string_view::npos) break;
    list.remove_prefix(end + 1);
    if (list.empty()) result.emplace_back();
  }
  return result;
}

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

}  // namespace

std::string BaseName(std::string_view path) {
  if (path.empty()) return ".";
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  if (path.empty()) return "/";
  const size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path
                                                     : path.substr(slash + 1));
}

std::string CleanPath(std::string_view path) {
  const bool is_rooted = !path.empty() && path.front() == '/';
  std::vector<std::string_view> parts;
  for (size_t begin = 0; begin < path.size();) {
    size_t end = path.find('/', begin);
    if (end == std::string_view::npos) end = path.size();
    const std::string_view part = path.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty() || part == ".") continue;
    const bool can_go_up = !parts.empty() && parts.back() != "..";
    if (part == ".." && can_go_up) {
      parts.pop_back();
    } else if (part != ".." || !is_rooted) {
      parts.push_back(part);
    }
  }
  std::string result = is_rooted ? "/" : "";
  for (size_t i = 0; i < parts.size(); i++) {
    if (i > 0) result += '/';
    result += parts[i];
  }
  return result.empty() ? "." : result;
}

std::string TrimPath(const std::string& path, std::string_view prefixes,
                     std::string_view search_path) {
  if (prefixes.empty()) {
    for (const std::string& folder : SplitList(search_path)) {
      const std::string wanted = "/" + BaseName(folder) + "/";
      const size_t found = path.find(wanted);
      if (found != std::string::npos) return path.substr(found + wanted.size());
    }
  }
  std::vector<std::string> all = SplitList(prefixes);
  // Where Bazel compiles.
  all.emplace_back("/proc/self/cwd/./");
  all.emplace_back("/proc/self/cwd/");
  for (std::string& prefix : all) {
    if (prefix.empty() || prefix.back() != '/') prefix += '/';
    if (StartsWith(path, prefix)) return path.substr(prefix.size());
  }
  return path;
}

}  // namespace bench_profiler
