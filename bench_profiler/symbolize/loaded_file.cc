#include "bench_profiler/symbolize/loaded_file.h"

#include <unistd.h>

#include <cinttypes>
#include <climits>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace bench_profiler {
namespace {

constexpr char kDeleted[] = " (deleted)";

bool IsVdso(const std::string& path) {
  return path == "[vdso]" || path.rfind("linux-vdso", 0) == 0 ||
         path.rfind("linux-gate", 0) == 0;
}

bool IsDeleted(const std::string& name) {
  const size_t size = sizeof(kDeleted) - 1;
  return name.size() >= size &&
         name.compare(name.size() - size, size, kDeleted) == 0;
}

std::string RunningProgram() {
  char name[PATH_MAX];
  const ssize_t size = readlink("/proc/self/exe", name, sizeof(name));
  return {name, size > 0 ? static_cast<size_t>(size) : 0};
}

// The name that proc(5) has now for what is mapped at an address: it follows
// the file when that is renamed, and ends in " (deleted)" when it has none any
// more. "" if there is no such mapping or no /proc. `range` is the mapping's
// name in /proc/self/map_files.
std::string MappedName(uint64_t address, std::string* range) {
  std::ifstream maps("/proc/self/maps");
  std::string line;
  while (std::getline(maps, line)) {
    uint64_t start = 0;
    uint64_t end = 0;
    if (std::sscanf(line.c_str(), "%" SCNx64 "-%" SCNx64, &start, &end) != 2 ||
        address < start || address >= end) {
      continue;
    }
    // 7f12-7f34 r-xp 0002a000 fe:01 1234    /usr/lib/libfoo.so
    const size_t name = line.find('/');
    if (name == std::string::npos) return "";
    *range = line.substr(0, line.find(' '));
    return line.substr(name);
  }
  return "";
}

// Where the file of a module may be, the surest first.
std::vector<std::string> Candidates(const SymbolModule& module) {
  std::string range;
  const std::string name = MappedName(module.start, &range);
  if (name.empty()) return {module.path};  // unloaded since, or no /proc
  if (!IsDeleted(name)) return {name, module.path};
  // Both links lead to the file itself, not to its name. Those of map_files
  // need a capability of root's: without it, libraries that were deleted are
  // lost.
  std::vector<std::string> links = {"/proc/self/map_files/" + range};
  if (RunningProgram() == name) links.emplace_back("/proc/self/exe");
  return links;
}

}  // namespace

ElfFile OpenLoadedFile(const SymbolModule& module) {
  if (IsVdso(module.path)) return ElfFile::Vdso();
  ElfFile at_path(module.path);
  // The rule: all is as it was, and /proc need not be read.
  if (!module.build_id.empty() && at_path.BuildId() == module.build_id) {
    return at_path;
  }
  for (const std::string& candidate : Candidates(module)) {
    ElfFile file(candidate);
    const std::string build_id = file.BuildId();
    const bool is_another = !build_id.empty() && !module.build_id.empty() &&
                            build_id != module.build_id;
    if (file.elf() && !is_another) return file;
  }
  return {};
}

}  // namespace bench_profiler
