#include "bench_profiler/report/node_table.h"

#include <array>
#include <cinttypes>
#include <cstdio>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "bench_profiler/report/paths.h"

namespace bench_profiler {
namespace {

struct HashNodeInfo {
  size_t operator()(const NodeInfo& info) const {
    size_t hash = std::hash<std::string>()(info.name);
    const auto add = [&hash](size_t part) { hash = hash * 1000003 ^ part; };
    add(info.address);
    add(std::hash<std::string>()(info.file));
    add(static_cast<size_t>(info.line));
    add(static_cast<size_t>(info.start_line));
    add(std::hash<std::string>()(info.module));
    return hash;
  }
};

std::string_view ModuleOf(const ParsedProfile& profile,
                          const ParsedLocation& location) {
  if (location.mapping == kNoMapping) return {};
  return profile.mappings[location.mapping].path;
}

// Paths of all functions' files, as they are shown.
std::vector<std::string> ShownFiles(const ParsedProfile& profile,
                                    const NodeTable::Options& options) {
  std::vector<std::string> files;
  files.reserve(profile.functions.size());
  for (const ParsedFunction& function : profile.functions) {
    const std::string file =
        TrimPath(function.file, options.trim_path, options.source_path);
    files.push_back(file.empty() ? "" : CleanPath(file));
  }
  return files;
}

}  // namespace

bool operator==(const NodeInfo& left, const NodeInfo& right) {
  return left.address == right.address && left.line == right.line &&
         left.start_line == right.start_line && left.name == right.name &&
         left.file == right.file && left.module == right.module;
}

std::string NodeInfo::JoinedName(const char* separator) const {
  std::string result;
  const auto add = [&](std::string_view part) {
    if (!result.empty()) result += separator;
    result += part;
  };
  if (address != 0) {
    std::array<char, 20> digits;
    std::snprintf(digits.data(), digits.size(), "%016" PRIx64, address);
    add(digits.data());
  }
  if (!name.empty()) add(name);
  if (line != 0) {
    add(file + ":" + std::to_string(line));
  } else if (!file.empty()) {
    add(file);
  } else if (name.empty()) {
    add(module.empty() ? "<unknown>" : "[" + BaseName(module) + "]");
  }
  return result;
}

std::string NodeInfo::SortKey() const {
  return "{" + name + "  " + std::to_string(address) + " " + file + " " +
         std::to_string(start_line) + " " + std::to_string(line) + " " +
         module + "}";
}

NodeTable::NodeTable(const ParsedProfile& profile, const Options& options) {
  const std::vector<std::string> files = ShownFiles(profile, options);
  std::unordered_map<NodeInfo, uint32_t, HashNodeInfo> known;
  const auto find = [&](const ParsedLocation& location,
                        const ParsedLine* line) {
    NodeInfo info;
    info.address = location.address;
    if (line == nullptr || line->function == kNoFunction) {
      info.module = ModuleOf(profile, location);
    } else {
      const ParsedFunction& function = profile.functions[line->function];
      info.name = function.name;
      info.file = files[line->function];
      info.line = line->line;
      if (options.keep_modules || info.name.empty()) {
        info.module = ModuleOf(profile, location);
        info.start_line = function.start_line;
      }
    }
    const auto [found, is_new] =
        known.emplace(std::move(info), static_cast<uint32_t>(infos_.size()));
    if (is_new) infos_.push_back(found->first);
    return found->second;
  };
  begins_.reserve(profile.locations.size() + 1);
  for (const ParsedLocation& location : profile.locations) {
    begins_.push_back(static_cast<uint32_t>(nodes_.size()));
    if (location.lines.empty()) nodes_.push_back(find(location, nullptr));
    for (const ParsedLine& line : location.lines) {
      nodes_.push_back(find(location, &line));
    }
  }
  begins_.push_back(static_cast<uint32_t>(nodes_.size()));
}

}  // namespace bench_profiler
