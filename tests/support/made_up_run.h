// A run of benchmarks that never ran, as the core would hand it to the
// exporter:
//
//   MadeUpRun run("/tmp/cpu.prof");
//   const uint32_t number = run.AddRun(run.AddBenchmark("BM_A"), 0);
//   run.AddSample(stack, number, kTimed, 1000000);
//   RawProfile data = run.Data();
//
// Classes that derive from it add modules and stacks.
#ifndef BENCH_PROFILER_TESTS_SUPPORT_MADE_UP_RUN_H_
#define BENCH_PROFILER_TESTS_SUPPORT_MADE_UP_RUN_H_

#include <iterator>
#include <string>
#include <vector>

#include "bench_profiler/record/raw_profile.h"
#include "integrations/common/phases.h"

namespace bench_profiler {

inline constexpr RegionKind kBenchmarks = [] {
  RegionKind kind;
  kind.label = "benchmark";
  kind.run_label = "repetition";
  kind.trial_phase = "calibration";
  kind.has_file = true;
  kind.reports_cpu_time = true;
  kind.how_to_run_longer = "--benchmark_min_time";
  kind.if_it_reports_more = "is PauseTiming called twice?";
  return kind;
}();

class MadeUpRun {
 public:
  explicit MadeUpRun(const std::string& path) : path_(path) {
    strings_.push_back('\0');
    stacks_.resize(1);
    runs_.resize(1);
    profile_.name = "cpu";
    profile_.path = path_.c_str();
    profile_.value_types[0] = {"samples", "count"};
    profile_.value_types[1] = {"cpu", "nanoseconds"};
    profile_.num_value_types = 2;
    profile_.default_value_type = "cpu";
    profile_.default_region_value_type = "cpu";
    profile_.period_type = {"cpu", "nanoseconds"};
    profile_.measures_cpu = true;
    profile_.period = 1000000;
    profile_.collection = "how it was sampled";
  }
  MadeUpRun(const MadeUpRun&) = delete;
  MadeUpRun& operator=(const MadeUpRun&) = delete;

  StringOffset String(const std::string& text) {
    const auto offset = static_cast<StringOffset>(strings_.size());
    strings_.insert(strings_.end(), text.begin(), text.end());
    strings_.push_back('\0');
    return offset;
  }

  uint32_t AddBenchmark(const std::string& name) {
    RegionRow row;
    row.kind = &kBenchmarks;
    row.name = String(name);
    row.reported = true;
    row.repetitions = 1;
    benchmarks_.push_back(row);
    return static_cast<uint32_t>(benchmarks_.size() - 1);
  }

  uint32_t AddRun(uint32_t benchmark, int repetition) {
    runs_.push_back({benchmark, repetition, true});
    return static_cast<uint32_t>(runs_.size() - 1);
  }

  void AddSample(uint32_t stack, uint32_t run, Phase phase, int64_t nanos,
                 uint16_t thread = 0) {
    SampleRow row;
    row.stack = stack;
    row.run = run;
    row.phase = phase;
    row.thread = thread;
    row.samples = row.values[0] = 1;
    row.values[1] = nanos;
    samples_.push_back(row);
  }

  // Views of all below.
  RawProfile Data() {
    profile_.samples = {samples_.data(), samples_.size()};
    label_sets_.clear();
    for (const std::vector<UserLabel>& labels : user_labels_) {
      label_sets_.push_back({labels.data(), labels.size()});
    }
    RawProfile data;
    data.strings = {strings_.data(), strings_.size()};
    data.modules = {modules_.data(), modules_.size()};
    data.stacks = {stacks_.data(), stacks_.size()};
    data.runs = {runs_.data(), runs_.size()};
    data.regions = {benchmarks_.data(), benchmarks_.size()};
    data.phases = {kPhaseNames, std::size(kPhaseNames)};
    data.profiles = {&profile_, 1};
    data.label_sets = {label_sets_.data(), label_sets_.size()};
    return data;
  }

 protected:
  const std::string path_;
  std::vector<char> strings_;
  std::vector<Module> modules_;
  std::vector<StackNode> stacks_;
  std::vector<RunRow> runs_;
  std::vector<RegionRow> benchmarks_;
  std::vector<SampleRow> samples_;
  std::vector<std::vector<UserLabel>> user_labels_{{}};
  ProfileData profile_;

 private:
  std::vector<LabelSet> label_sets_;  // views of user_labels_
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_MADE_UP_RUN_H_
