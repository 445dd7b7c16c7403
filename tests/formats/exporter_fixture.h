// The exporter with data made by hand, for tests:
//
//   TEST_F(ExporterTest, ...) {
//     const uint32_t run = AddRun(AddBenchmark("BM_A"), 0);
//     AddSample(1, run, kTimed, 1000000);
//     EXPECT_EQ(Export(), 0) << said_;
#ifndef BENCH_PROFILER_TESTS_FORMATS_EXPORTER_FIXTURE_H_
#define BENCH_PROFILER_TESTS_FORMATS_EXPORTER_FIXTURE_H_

#include <gtest/gtest.h>

#include <iterator>
#include <string>
#include <vector>

#include "bench_profiler/export/exporter.h"
#include "integrations/common/phases.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

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

inline constexpr RegionKind kTests = [] {
  RegionKind kind;
  kind.label = "test";
  kind.run_label = "iteration";
  kind.has_file = true;
  kind.has_several_measured_phases = true;
  kind.may_be_short = true;
  kind.how_to_run_longer = "--profile_repeat_until=1";
  return kind;
}();

// One program without a file, two benchmarks, and a run outside of them.
class ExporterTest : public testing::Test {
 protected:
  ExporterTest() : path_(folder_ / "cpu.prof") {
    strings_.push_back('\0');
    Module module;
    module.path = String("/nowhere/program");
    module.start = 0x1000;
    module.limit = 0x9000;
    modules_.push_back(module);
    stacks_.resize(1);
    stacks_.push_back({0x1100, 0, 0});                     // 1
    stacks_.push_back({0x1200, 1, 0});                     // 2
    stacks_.push_back({kTruncatedAddress, 0, kNoModule});  // 3
    stacks_.push_back({0xffff0000, 3, kNoModule});         // 4: JIT
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

  // With `samples` samples of its body.
  void AddTest(const std::string& name, int samples) {
    const uint32_t test = AddBenchmark(name);
    benchmarks_[test].kind = &kTests;
    const uint32_t run = AddRun(test, 0);
    for (int i = 0; i < samples; ++i) {
      AddSample(1, run, kTestBody, 1000000);
    }
  }

  // The line that starts with `text`, "" if none does.
  std::string LineOf(const std::string& text) const {
    const size_t start = said_.find("bench_profiler: " + text);
    if (start == std::string::npos) return "";
    return said_.substr(start, said_.find('\n', start) - start);
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
    data.is_quiet = is_quiet_;
    data.interrupted = interrupted_;
    data.repeats_regions = repeats_tests_;
    return data;
  }

  int Export() {
    const RawProfile data = Data();
    testing::internal::CaptureStderr();
    const int failures = BenchProfilerExport(&data);
    said_ = testing::internal::GetCapturedStderr();
    return failures;
  }

  Json Index() { return Json::Parse(ReadFile(path_ + ".d/index.json")); }

  TemporaryFolder folder_;
  std::string path_;
  std::vector<char> strings_;
  std::vector<Module> modules_;
  std::vector<StackNode> stacks_;
  std::vector<RunRow> runs_;
  std::vector<RegionRow> benchmarks_;
  std::vector<SampleRow> samples_;
  std::vector<std::vector<UserLabel>> user_labels_{{}};
  std::vector<LabelSet> label_sets_;  // views of user_labels_
  ProfileData profile_;
  bool is_quiet_ = false;
  bool interrupted_ = false;
  bool repeats_tests_ = false;
  std::string said_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_FORMATS_EXPORTER_FIXTURE_H_
