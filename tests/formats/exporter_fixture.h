// The exporter with data made by hand, for tests:
//
//   TEST_F(ExporterTest, ...) {
//     const uint32_t run = AddRun(AddBenchmark("BM_A"), 0);
//     AddSample(1, run, kTimed, 1000000);
//     EXPECT_EQ(Export(), 0) << said_;
#ifndef BENCH_PROFILER_TESTS_FORMATS_EXPORTER_FIXTURE_H_
#define BENCH_PROFILER_TESTS_FORMATS_EXPORTER_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>

#include "bench_profiler/export/exporter.h"
#include "bench_profiler/record/raw_context.h"
#include "tests/support/json.h"
#include "tests/support/made_up_run.h"
#include "tests/support/program.h"

namespace bench_profiler {

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

// Leads to the folder's file, before the run is made.
struct ExporterFolder {
  TemporaryFolder folder_;
};

// One program without a file, two benchmarks, and a run outside of them.
class ExporterTest : public testing::Test,
                     protected ExporterFolder,
                     protected MadeUpRun {
 protected:
  ExporterTest() : MadeUpRun(folder_ / "cpu.prof") {
    Module module;
    module.path = String("/nowhere/program");
    module.start = 0x1000;
    module.limit = 0x9000;
    modules_.push_back(module);
    stacks_.push_back({0x1100, 0, 0});                     // 1
    stacks_.push_back({0x1200, 1, 0});                     // 2
    stacks_.push_back({kTruncatedAddress, 0, kNoModule});  // 3
    stacks_.push_back({0xffff0000, 3, kNoModule});         // 4: JIT
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

  int Export() {
    RawProfile data = Data();
    data.is_quiet = is_quiet_;
    data.interrupted = interrupted_;
    data.repeats_regions = repeats_tests_;
    data.counts_allocations = counts_allocations_;
    data.context = &context_;
    data.start_time_nanos = 100;
    data.duration_nanos = 900;
    testing::internal::CaptureStderr();
    const int failures = BenchProfilerExport(&data);
    said_ = testing::internal::GetCapturedStderr();
    return failures;
  }

  Json Index() { return Json::Parse(ReadFile(path_ + ".d/index.json")); }

  bool is_quiet_ = false;
  bool interrupted_ = false;
  bool repeats_tests_ = false;
  bool counts_allocations_ = false;
  RawContext context_;
  std::string said_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_FORMATS_EXPORTER_FIXTURE_H_
