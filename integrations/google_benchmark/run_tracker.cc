// Part of the glue for Google Benchmark; hooks.cc calls this.
#if __has_include(<benchmark/benchmark.h>)
#include "run_tracker.h"

#include "../common/hook_section.h"
#include "bench_profiler/allocations.h"
#include "bench_profiler/program.h"

namespace bench_profiler {
namespace {

constexpr RegionKind Benchmarks() {
  RegionKind kind;
  kind.label = "benchmark";
  kind.run_label = "repetition";
  kind.trial_phase = "calibration";
  kind.has_file = true;
  kind.reports_cpu_time = true;
  kind.how_to_run_longer = "--benchmark_min_time";
  kind.why_unseen =
      "is it in a shared library, or is Google Benchmark built with link-time "
      "optimisation?";
  kind.if_it_reports_more = "is PauseTiming called twice?";
  return kind;
}
constexpr RegionKind kBenchmarks = Benchmarks();

// Returns the printed name, as far as the instance alone tells it.
BENCH_PROFILER_WORK std::string ProvisionalName(
    const std::string& family, const std::vector<int64_t>& arguments,
    int threads) {
  std::string name = family;
  for (const int64_t argument : arguments) {
    name += "/" + std::to_string(argument);
  }
  if (threads > 1) name += "/threads:" + std::to_string(threads);
  return name;
}

}  // namespace

BENCH_PROFILER_WORK RunTracker& RunTracker::Get() {
  static RunTracker* tracker = new RunTracker;
  return *tracker;
}

BENCH_PROFILER_WORK void RunTracker::Forget(const void* benchmark) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (Instance& known : instances_) {
    if (known.benchmark == benchmark) known.benchmark = nullptr;
  }
}

BENCH_PROFILER_WORK uint32_t
RunTracker::Find(const void* benchmark, const std::string& family,
                 const std::vector<int64_t>& arguments, int threads) {
  // From the last one on, since the runs of a benchmark mostly follow one
  // another.
  for (size_t i = instances_.size(); i-- > 0;) {
    const Instance& known = instances_[i];
    if (known.benchmark == benchmark && known.threads == threads &&
        known.arguments == arguments) {
      return static_cast<uint32_t>(i);
    }
  }
  const std::string name = ProvisionalName(family, arguments, threads);
  instances_.push_back({benchmark, arguments, threads,
                        AddRegion(&kBenchmarks, "", name.c_str())});
  return static_cast<uint32_t>(instances_.size() - 1);
}

// Returns whether a new run begins with this thread. Each thread index enters a
// run once. The threads of a run may enter in any order, and if they skip the
// loop, some may leave before others enter.
BENCH_PROFILER_WORK bool RunTracker::StartsRun(
    uint32_t instance, const benchmark::State& state) const {
  const auto thread = static_cast<size_t>(ThreadIndex(state));
  if (instance != current_ || unreported_ == kNone) return true;
  if (thread >= entered_.size() || entered_[thread]) return true;
  // The extra run of a manager has one thread only, whatever threads() says.
  const bool has_manager = memory_manager_ || profiler_manager_;
  return has_manager && inside_ == 0 && entered_count_ > 0;
}

BENCH_PROFILER_WORK uint32_t RunTracker::Enter(
    const void* benchmark, const std::string& family,
    const std::vector<int64_t>& arguments, const benchmark::State& state) {
  const HiddenAllocations hidden;
  const std::lock_guard<std::mutex> lock(mutex_);
  const uint32_t instance = Find(benchmark, family, arguments, Threads(state));
  if (StartsRun(instance, state)) {
    runs_ = instance == unreported_ ? runs_ + 1 : 1;
    run_ = BeginRun(instances_[instance].number);
    current_ = unreported_ = instance;
    entered_.assign(static_cast<size_t>(Threads(state)), false);
    entered_count_ = 0;
  }
  entered_[static_cast<size_t>(ThreadIndex(state))] = true;
  ++entered_count_;
  ++inside_;
  return run_;
}

BENCH_PROFILER_WORK void RunTracker::Leave() {
  const std::lock_guard<std::mutex> lock(mutex_);
  --inside_;
}

BENCH_PROFILER_WORK void RunTracker::Report(
    const std::vector<benchmark::BenchmarkReporter::Run>& runs) {
  using Run = benchmark::BenchmarkReporter::Run;
  if (runs.empty()) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  // Aggregates are reported by a second call, and nothing runs between the two.
  const bool seen = unreported_ != kNone;
  if (!seen && (current_ != kNone || runs[0].run_type != Run::RT_Iteration)) {
    return;
  }
  const std::string name = FullName(&runs[0].run_name);
  RegionResult result;
  result.name = name.c_str();
  result.repetitions = 0;
  result.threads = static_cast<int>(runs[0].threads);
  result.extra_runs = (memory_manager_ ? 1 : 0) + (profiler_manager_ ? 1 : 0);
  std::vector<RunResult> results;
  for (const Run& run : runs) {
    if (run.run_type != Run::RT_Iteration) continue;
    if (result.repetitions++ == 0) result.cpu_seconds = result.real_seconds = 0;
    result.iterations += run.iterations;
    result.cpu_seconds += run.cpu_accumulated_time;
    result.real_seconds += run.real_accumulated_time;
    results.push_back({static_cast<int64_t>(run.iterations),
                       run.cpu_accumulated_time, run.real_accumulated_time});
  }
  result.runs = {results.data(), results.size()};
  if (result.repetitions == 0) {  // only aggregates were asked for
    result.repetitions = static_cast<int>(runs[0].repetitions);
  }
  if (seen) {
    ReportRegion(instances_[unreported_].number, result);
    unreported_ = kNone;
  } else {
    ReportUnseenRegion(&kBenchmarks, result);
  }
}

}  // namespace bench_profiler
#endif  // __has_include(<benchmark/benchmark.h>)
