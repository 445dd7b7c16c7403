#include "bench_profiler/compare/find_processes.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "bench_profiler/formats/benchmark_index_reader.h"

namespace bench_profiler {
namespace {

// "old" has "old/03", which has "old/03/cpu.prof.d".
constexpr int kMaxDepth = 2;

bool IsOfType(const std::string& path, mode_t type) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && (status.st_mode & S_IFMT) == type;
}

bool Exists(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0;
}

bool HasIndex(const std::string& folder) {
  return Exists(folder + "/index.json");
}

std::string WithoutSlash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

// "old/cpu.prof.d" -> "old/", "cpu.prof.d" -> ""
std::string Parent(const std::string& path) {
  return path.substr(0, path.find_last_of('/') + 1);
}

// The same for all paths that lead to one file.
std::string RealPath(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(
      realpath(path.c_str(), nullptr), &std::free);
  return real == nullptr ? path : real.get();
}

bool IsNameOfProfile(const std::string& name) {
  for (const std::string ending : {".prof", ".pprof", ".pb.gz", ".pb"}) {
    if (name.size() > ending.size() &&
        name.compare(name.size() - ending.size(), ending.size(), ending) == 0) {
      return true;
    }
  }
  return false;
}

// In the order of their names, without hidden ones.
std::vector<std::string> NamesIn(const std::string& folder) {
  std::vector<std::string> names;
  DIR* const opened = opendir(folder.c_str());
  if (opened == nullptr) return names;
  while (const dirent* const entry = readdir(opened)) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  closedir(opened);
  std::sort(names.begin(), names.end());
  return names;
}

struct Unit {
  FoundFolder folder;
  std::string parent;  // where it lies
};

class Finder {
 public:
  explicit Finder(std::vector<std::string>* warnings) : warnings_(warnings) {}

  bool Add(const std::string& given, std::string* error) {
    const std::string path = WithoutSlash(given);
    const size_t before = found_;
    const size_t problems_before = problems_.size();
    if (HasIndex(path)) {
      AddFolder(path);
    } else if (HasIndex(path + ".d")) {
      AddFolder(path + ".d");
    } else if (IsOfType(path, S_IFDIR)) {
      AddAllIn(path, kMaxDepth);
    } else if (Exists(path)) {
      AddUnit(path, path, {});
    } else {
      *error =
          given + ": " +
          (errno == ENOENT ? "no such file or folder" : std::strerror(errno));
      return false;
    }
    if (found_ > before) return true;
    *error = problems_.size() > problems_before
                 ? problems_[problems_before]
                 : given + ": there are no profiles in it";
    return false;
  }

  std::vector<FoundProcess> Processes() {
    std::map<std::string, std::set<std::string>> kinds;  // in each parent
    std::set<std::string> mixed;  // parents with several of one kind
    for (const Unit& unit : units_) {
      const std::string& kind = unit.folder.index.kind;
      if (!kind.empty() && !kinds[unit.parent].insert(kind).second) {
        mixed.insert(unit.parent);
      }
    }
    for (Unit& unit : units_) {
      AddToProcess(&unit, !unit.folder.index.kind.empty() &&
                              mixed.count(unit.parent) == 0);
    }
    for (const std::string& problem : problems_) warnings_->push_back(problem);
    return std::move(processes_);
  }

 private:
  // One that names no benchmark is there when nothing was run but the program
  // itself.
  void AddFolder(const std::string& path) {
    BenchmarkIndex index;
    std::string error;
    if (!ReadBenchmarkIndex(path, &index, &error)) {
      problems_.push_back(error);
      return;
    }
    const std::string whole = Parent(path) + index.profile;
    if (!index.benchmarks.empty()) {
      AddUnit(path, "", std::move(index));
    } else if (IsOfType(whole, S_IFREG)) {
      AddUnit(path, whole, std::move(index));
    } else {
      problems_.push_back(path + ": it names no benchmark");
    }
  }

  void AddAllIn(const std::string& path, int depth) {
    bool has_folders = false;
    const std::vector<std::string> names = NamesIn(path);
    for (const std::string& name : names) {
      const std::string child = path == "/" ? path + name : path + "/" + name;
      if (!IsOfType(child, S_IFDIR)) continue;
      if (HasIndex(child)) {
        has_folders = true;
        AddFolder(child);
      } else if (depth > 1) {
        AddAllIn(child, depth - 1);
      }
    }
    // Beside folders, they are the same once more.
    if (has_folders) return;
    for (const std::string& name : names) {
      const std::string child = path + "/" + name;
      if (IsNameOfProfile(name) && IsOfType(child, S_IFREG)) {
        AddUnit(child, child, {});
      }
    }
  }

  void AddUnit(const std::string& path, const std::string& whole,
               BenchmarkIndex index) {
    ++found_;
    const std::string real = RealPath(path);
    if (!seen_.insert(real).second) {
      problems_.push_back(path + " is given twice; it counts once");
      return;
    }
    units_.push_back({{path, std::move(index), whole}, Parent(real)});
  }

  void AddToProcess(Unit* unit, bool joins_parent) {
    const BenchmarkIndex& index = unit->folder.index;
    const int64_t start = FirstStart(index);
    const auto run = std::make_pair(start, index.context.host);
    size_t number = processes_.size();
    if (const auto found = by_start_.find(run); found != by_start_.end()) {
      number = found->second;
    } else if (const auto beside = by_parent_.find(unit->parent);
               joins_parent && beside != by_parent_.end()) {
      number = beside->second;
    }
    if (number == processes_.size()) {
      processes_.emplace_back();
      processes_.back().path = unit->folder.path;
    }
    FoundProcess& process = processes_[number];
    for (const FoundFolder& folder : process.folders) {
      if (folder.index.kind != index.kind) continue;
      problems_.push_back(unit->folder.path + " is the same run as " +
                          folder.path + "; it counts once");
      return;
    }
    if (start > 0) by_start_.emplace(run, number);
    if (joins_parent) by_parent_.emplace(unit->parent, number);
    if (!process.folders.empty()) {
      // Two kinds: the process is where they lie, "old/03".
      const std::string parent = WithoutSlash(Parent(process.folders[0].path));
      process.path = parent.empty() ? "." : parent;
    }
    process.folders.push_back(std::move(unit->folder));
  }

  std::vector<std::string>* const warnings_;
  std::vector<std::string> problems_;
  size_t found_ = 0;  // also what is there twice
  std::vector<Unit> units_;
  std::set<std::string> seen_;
  std::vector<FoundProcess> processes_;
  // Processes by when and where their first run began.
  std::map<std::pair<int64_t, std::string>, size_t> by_start_;
  std::map<std::string, size_t> by_parent_;
};

}  // namespace

int64_t FirstStart(const BenchmarkIndex& index) {
  int64_t first = 0;
  for (const IndexEntry& entry : index.benchmarks) {
    for (const RunSummary& run : entry.runs) {
      if (run.start_nanos > 0 && (first == 0 || run.start_nanos < first)) {
        first = run.start_nanos;
      }
    }
  }
  return first;
}

bool FindProcesses(const std::vector<std::string>& paths,
                   std::vector<FoundProcess>* processes,
                   std::vector<std::string>* warnings, std::string* error) {
  Finder finder(warnings);
  for (const std::string& path : paths) {
    if (!finder.Add(path, error)) return false;
  }
  *processes = finder.Processes();
  return true;
}

}  // namespace bench_profiler
