#include "bench_profiler/html/report_data.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "bench_profiler/formats/benchmark_index_reader.h"
#include "bench_profiler/formats/parsed_pprof_file.h"
#include "bench_profiler/html/call_tree.h"
#include "bench_profiler/html/families.h"
#include "bench_profiler/html/index_columns.h"
#include "bench_profiler/html/page_kinds.h"
#include "bench_profiler/html/source_lines.h"
#include "bench_profiler/html/statistics.h"
#include "bench_profiler/html/wrapping_sum.h"

namespace bench_profiler {
namespace {

// A folder FILE.d, and what is in it.
struct Folder {
  std::string path;
  BenchmarkIndex index;
};

bool IsOfType(const std::string& path, mode_t type) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && (status.st_mode & S_IFMT) == type;
}

std::string WithoutSlash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

// "/tmp/cpu.prof.d" -> "/tmp/": the profile of the whole run is there.
std::string Parent(const std::string& path) {
  return path.substr(0, path.find_last_of('/') + 1);
}

bool ReadFolder(const std::string& path, Folder* folder, std::string* error) {
  folder->path = WithoutSlash(path);
  if (!IsOfType(folder->path, S_IFDIR)) {
    const std::string beside = folder->path + ".d";
    if (!IsOfType(beside, S_IFDIR)) {
      *error =
          path + ": no folder of profiles; give the FILE.d that a run wrote";
      return false;
    }
    folder->path = beside;
  }
  return ReadBenchmarkIndex(folder->path, &folder->index, error);
}

class Reader {
 public:
  explicit Reader(PageData* data) : data_(data) {}

  bool Read(const std::vector<Folder>& folders, std::string* error) {
    AddKinds(folders);
    for (const Folder& folder : folders) {
      for (const IndexEntry& entry : folder.index.benchmarks) {
        if (!AddEntry(folder, entry, error)) return false;
      }
    }
    if (data_->benchmarks.empty()) AddProgram(folders);
    AddProblems();
    data_->frames = frames_.Take();
    return true;
  }

 private:
  // Those that any of the folders has.
  void AddKinds(const std::vector<Folder>& folders) {
    for (const PageKindRow& row : PageKindRows()) {
      const bool is_there = std::any_of(
          folders.begin(), folders.end(),
          [&](const Folder& folder) { return folder.index.kind == row.kind; });
      if (!is_there) continue;
      rows_.push_back(row);
      data_->kinds.push_back(row.shown);
    }
  }

  PageBenchmark* BenchmarkOf(const std::string& name) {
    const auto [entry, is_new] = index_.emplace(name, data_->benchmarks.size());
    if (is_new) {
      data_->benchmarks.emplace_back();
      data_->benchmarks.back().name = name;
      data_->benchmarks.back().profiles.resize(rows_.size());
    }
    return &data_->benchmarks[entry->second];
  }

  bool AddEntry(const Folder& folder, const IndexEntry& entry,
                std::string* error) {
    PageBenchmark* benchmark = BenchmarkOf(entry.name);
    const auto [seen, is_new] = seen_.emplace(
        std::make_pair(folder.index.kind, entry.name), folder.path);
    if (!is_new) {
      *error = folder.path + " and " + seen->second + " both have a " +
               folder.index.kind + " profile of " + entry.name +
               ": a report is of one run";
      return false;
    }
    AddColumns(folder.index, entry, benchmark);
    if (entry.file.empty()) return true;
    ParsedProfile profile;
    std::string problem;
    if (!ReadPprofFile(folder.path + "/" + entry.file, &profile, &problem)) {
      problems_.push_back(problem);
      return true;
    }
    AddTrees(folder.index.kind, profile, benchmark);
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].kind != folder.index.kind) continue;
      std::optional<PageTree>& tree = benchmark->profiles[i];
      if (!tree) continue;
      tree->samples = entry.samples;
      tree->divisor = std::max<int64_t>(1, entry.iterations);
      tree->more_seconds =
          MoreSeconds(entry.samples, entry.real_seconds, data_->min_samples);
    }
    return true;
  }

  void AddTrees(const std::string& kind, const ParsedProfile& profile,
                PageBenchmark* benchmark) {
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].kind != kind) continue;
      const size_t value = ValueIndex(profile, rows_[i].shown.type);
      if (value == kNoValue) continue;
      benchmark->profiles[i] = CallTree(profile, value, &frames_);
    }
  }

  // The profiles of the whole run, which lie beside the folders.
  void AddProgram(const std::vector<Folder>& folders) {
    data_->mode = PageMode::kSingle;
    PageBenchmark* program = BenchmarkOf(data_->title);
    for (const Folder& folder : folders) {
      ParsedProfile profile;
      std::string problem;
      if (!ReadPprofFile(Parent(folder.path) + folder.index.profile, &profile,
                         &problem)) {
        problems_.push_back(problem);
        continue;
      }
      AddTrees(folder.index.kind, profile, program);
    }
  }

  void AddProblems() {
    constexpr size_t kShown = 5;
    for (size_t i = 0; i < problems_.size() && i < kShown; ++i) {
      data_->context.emplace_back("not shown", problems_[i]);
    }
    if (problems_.size() > kShown) {
      data_->context.emplace_back(
          "not shown",
          "and " + std::to_string(problems_.size() - kShown) + " more");
    }
  }

  PageData* const data_;
  FrameTable frames_;
  std::vector<PageKindRow> rows_;        // one for each of data_->kinds
  std::map<std::string, size_t> index_;  // of benchmarks, by name
  std::map<std::pair<std::string, std::string>, std::string> seen_;
  std::vector<std::string> problems_;
};

// How many samples a profile of any kind was made from; negative: unknown.
int64_t SamplesIn(const ParsedProfile& profile) {
  const size_t value = ValueIndex(profile, "samples");
  if (value == kNoValue) return -1;
  int64_t samples = 0;
  for (const ParsedSample& sample : profile.samples) {
    samples = WrappingSum(samples, sample.values[value]);
  }
  return samples;
}

}  // namespace

bool ReadReportData(const std::vector<std::string>& paths, PageData* data,
                    std::string* error) {
  std::vector<Folder> folders(paths.size());
  for (size_t i = 0; i < paths.size(); ++i) {
    if (!ReadFolder(paths[i], &folders[i], error)) return false;
  }
  if (folders.empty()) {
    *error = "no folder of profiles is given";
    return false;
  }
  const BenchmarkIndex& first = folders[0].index;
  data->title = TitleOf(first);
  data->context = ContextRows(first.context);
  Reader reader(data);
  if (!reader.Read(folders, error)) return false;
  std::vector<std::string> names;
  names.reserve(data->benchmarks.size());
  for (const PageBenchmark& benchmark : data->benchmarks) {
    names.push_back(benchmark.name);
  }
  data->families = FindFamilies(names);
  data->sources = HotSources(*data);
  return true;
}

PageData SingleData(const ParsedProfile& profile,
                    const SingleOptions& options) {
  PageData data;
  data.mode = PageMode::kSingle;
  data.title = options.title;
  data.kinds = KindsOf(profile, options.value_type);
  FrameTable frames;
  PageBenchmark program;
  program.name = options.title;
  for (const PageKind& kind : data.kinds) {
    PageTree tree = CallTree(profile, ValueIndex(profile, kind.type), &frames);
    tree.samples = SamplesIn(profile);
    program.profiles.emplace_back(std::move(tree));
  }
  data.benchmarks.push_back(std::move(program));
  for (const std::string& comment : profile.comments) {
    data.context.emplace_back("", comment);
  }
  data.frames = frames.Take();
  data.sources = HotSources(data);
  return data;
}

}  // namespace bench_profiler
