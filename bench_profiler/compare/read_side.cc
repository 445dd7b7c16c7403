#include "bench_profiler/compare/read_side.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "bench_profiler/compare/benchmark_values.h"
#include "bench_profiler/compare/find_processes.h"
#include "bench_profiler/compare/function_costs.h"
#include "bench_profiler/formats/parsed_pprof_file.h"

namespace bench_profiler {
namespace {

constexpr size_t kMaxWarnings = 5;  // of files

// Who blocks others, or who waits: both count the same waits.
bool HasMeasure(const std::string& kind, const MeasureRow& row) {
  return kind == row.kind ||
         (kind == "mutex" && std::string(row.kind) == "block");
}

class ProcessReader {
 public:
  ProcessReader(FunctionTable* functions, std::vector<std::string>* problems)
      : functions_(functions), problems_(problems) {}

  Process Read(const FoundProcess& found) {
    Process process;
    process.path = found.path;
    benchmarks_.clear();
    // The context and the order are those of the CPU profile, if there is one,
    // and a block profile comes before a mutex profile.
    std::vector<const FoundFolder*> folders;
    for (const FoundFolder& folder : found.folders) folders.push_back(&folder);
    std::stable_sort(folders.begin(), folders.end(),
                     [](const FoundFolder* left, const FoundFolder* right) {
                       return Rank(*left) < Rank(*right);
                     });
    process.context = folders[0]->index.context;
    for (const FoundFolder* const folder : folders) {
      if (folder->whole.empty()) {
        AddFolder(*folder, &process);
      } else {
        AddWhole(*folder, &process);
      }
    }
    return process;
  }

 private:
  static int Rank(const FoundFolder& folder) {
    const std::string& kind = folder.index.kind;
    return kind == "cpu" ? 0 : kind == "mutex" ? 2 : 1;
  }

  MeasuredBenchmark* BenchmarkOf(const std::string& name, Process* process) {
    const auto [found, is_new] =
        benchmarks_.emplace(name, process->benchmarks.size());
    if (is_new) {
      process->benchmarks.emplace_back();
      process->benchmarks.back().name = name;
    }
    return &process->benchmarks[found->second];
  }

  void AddFolder(const FoundFolder& folder, Process* process) {
    const BenchmarkIndex& index = folder.index;
    if (index.kind == "cpu") process->rate = index.rate;
    const int64_t start = FirstStart(index);
    if (process->start_nanos == 0) process->start_nanos = start;
    std::map<std::string, int> seen;
    for (const IndexEntry& entry : index.benchmarks) {
      // A program may register a name twice.
      const int number = ++seen[entry.name];
      MeasuredBenchmark* const benchmark = BenchmarkOf(
          number == 1 ? entry.name : entry.name + " #" + std::to_string(number),
          process);
      benchmark->is_complete = benchmark->is_complete && entry.complete;
      benchmark->iterations = std::max(benchmark->iterations, entry.iterations);
      AddValues(index, entry, benchmark);
      AddProfile(folder, entry, benchmark);
    }
  }

  void AddProfile(const FoundFolder& folder, const IndexEntry& entry,
                  MeasuredBenchmark* benchmark) {
    const BenchmarkIndex& index = folder.index;
    std::vector<const MeasureRow*> rows;
    for (const MeasureRow& row : MeasureRows()) {
      // Those of a block profile are there already.
      const auto found = benchmark->measures.find(row.measure);
      const bool has_file =
          found != benchmark->measures.end() && !found->second.file.empty();
      if (HasMeasure(index.kind, row) && !has_file) rows.push_back(&row);
    }
    if (rows.empty()) return;
    if (entry.file.empty()) {
      benchmark->reason = "its timed loop was not seen";
      return;
    }
    const std::string path = folder.path + "/" + entry.file;
    ParsedProfile profile;
    if (!ReadProfile(path, &profile, &benchmark->reason)) return;
    const bool is_sampled = index.kind == "heap" && index.rate > 1;
    AddCosts(path, rows, profile, benchmark);
    for (const MeasureRow* const row : rows) {
      MeasuredValue& value = benchmark->measures[row->measure];
      value.has_estimated_functions = is_sampled;
      value.drawn = is_sampled ? static_cast<double>(entry.samples) : 0;
      AddValueOfProfile(*row, entry, &value);
    }
  }

  void AddWhole(const FoundFolder& folder, Process* process) {
    MeasuredBenchmark* const program = BenchmarkOf("program", process);
    ParsedProfile profile;
    if (!ReadProfile(folder.whole, &profile, &program->reason)) return;
    if (process->start_nanos == 0) process->start_nanos = profile.time_nanos;
    std::vector<const MeasureRow*> rows;
    for (const MeasureRow& row : MeasureRows()) {
      if (FindValueType(profile, row.value_type) >= 0) rows.push_back(&row);
    }
    if (rows.empty()) {
      program->reason = "it has no values that can be compared";
      problems_->push_back(folder.whole + ": " + program->reason);
      return;
    }
    const bool is_sampled =
        profile.period_type.type == "space" && profile.period > 1;
    AddCosts(folder.whole, rows, profile, program);
    for (const MeasureRow* const row : rows) {
      program->measures[row->measure].has_estimated_functions = is_sampled;
      if (row->measure == Measure::kTime && profile.period > 0) {
        constexpr int64_t kNanosPerSecond = 1000000000;
        process->rate = kNanosPerSecond / profile.period;
      }
    }
  }

  void AddCosts(const std::string& path,
                const std::vector<const MeasureRow*>& rows,
                const ParsedProfile& profile, MeasuredBenchmark* benchmark) {
    std::vector<CostTarget> targets;
    for (const MeasureRow* const row : rows) {
      const int type = FindValueType(profile, row->value_type);
      if (type < 0) {
        problems_->push_back(path + ": it has no values " + row->value_type);
        continue;
      }
      MeasuredValue& value = benchmark->measures[row->measure];
      value.file = path;
      targets.push_back({type, &value});
    }
    AddFunctionCosts(profile, targets, functions_);
  }

  bool ReadProfile(const std::string& path, ParsedProfile* profile,
                   std::string* reason) {
    std::string error;
    if (ReadPprofFile(path, profile, &error)) return true;
    problems_->push_back(error);
    *reason = error;
    return false;
  }

  FunctionTable* const functions_;
  std::vector<std::string>* const problems_;
  std::map<std::string, size_t> benchmarks_;  // of the process, by name
};

}  // namespace

bool ReadSide(const std::vector<std::string>& paths, const std::string& title,
              FunctionTable* functions, Side* side,
              std::vector<std::string>* warnings, std::string* error) {
  std::vector<FoundProcess> found;
  std::vector<std::string> problems;
  if (!FindProcesses(paths, &found, &problems, error)) return false;
  side->title = title;
  ProcessReader reader(functions, &problems);
  for (const FoundProcess& process : found) {
    side->processes.push_back(reader.Read(process));
  }
  for (size_t i = 0; i < problems.size() && i < kMaxWarnings; ++i) {
    warnings->push_back(problems[i]);
  }
  if (problems.size() > kMaxWarnings) {
    warnings->push_back("and " +
                        std::to_string(problems.size() - kMaxWarnings) +
                        " more such files");
  }
  // If nothing is measured at all, the reason is the better answer.
  for (const Process& process : side->processes) {
    for (const MeasuredBenchmark& benchmark : process.benchmarks) {
      if (!benchmark.measures.empty()) return true;
    }
  }
  *error = problems.empty() ? paths[0] + ": nothing in it can be compared"
                            : problems[0];
  return false;
}

}  // namespace bench_profiler
