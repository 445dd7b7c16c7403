// What is said of profiles on standard error.
#include "bench_profiler/export/remarks.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/formats/exporter_fixture.h"

namespace bench_profiler {
namespace {

using FewSamplesTest = ExporterTest;

TEST_F(FewSamplesTest, ManyShortTestsAreOneShortLine) {
  const std::string long_name(5000, 'x');
  for (int i = 0; i < 300; ++i) {
    AddTest("Suite.Test" + std::to_string(i) + long_name, 0);
  }
  for (const bool is_heap : {false, true}) {
    profile_.measures_cpu = !is_heap;
    profile_.how_to_get_more = is_heap ? "a smaller rate takes more" : "";
    profile_.period = is_heap ? 524288 : 1000000;
    if (is_heap) AddTest("Suite.Allocates" + long_name, 1);
    EXPECT_EQ(Export(), 0) << said_;
    const std::string line = LineOf("fewer than 100 samples: Suite.");
    EXPECT_FALSE(line.empty()) << said_;
    EXPECT_LE(line.size(), 160u) << line;
  }
}

TEST_F(FewSamplesTest, NamesThatFitInTheLineAreWhole) {
  for (const char* name : {"A.A", "A.B", "A.C", "A.D", "A.E", "A.F", "A.G",
                           "A.H", "A.I", "A.J", "A.K", "A.L"}) {
    AddTest(name, 3);
  }
  EXPECT_EQ(Export(), 0) << said_;
  const std::string line = LineOf("fewer than 100 samples: A.A (3), A.B (3), ");
  EXPECT_NE(line.find(" more in index.json; run longer"), std::string::npos)
      << said_;
  EXPECT_LE(line.size(), 160u) << line;
}

TEST_F(FewSamplesTest, TestsThatAreNotMeasuredNeedNoSamplesIfAnyHasEnough) {
  AddTest("Suite.Short", 1);
  EXPECT_EQ(Export(), 0);
  EXPECT_NE(said_.find("Suite.Short (1)"), std::string::npos) << said_;
  AddTest("Suite.Long", 100);
  EXPECT_EQ(Export(), 0);
  EXPECT_EQ(said_.find("fewer than"), std::string::npos) << said_;
  repeats_tests_ = true;
  EXPECT_EQ(Export(), 0);
  EXPECT_NE(said_.find("Suite.Short (1)"), std::string::npos) << said_;
  repeats_tests_ = false;
  AddBenchmark("BM_Short");
  EXPECT_EQ(Export(), 0);
  EXPECT_NE(said_.find("BM_Short (0)"), std::string::npos) << said_;
  EXPECT_EQ(said_.find("Suite.Short"), std::string::npos) << said_;
}

// Of a benchmark with this much CPU time by the console and samples of 1 ms.
class ConsoleTimeTest : public ExporterTest {
 protected:
  std::string LineFor(double console, int samples, int helper_samples = 0) {
    benchmarks_.clear();
    samples_.clear();
    runs_.resize(1);
    const uint32_t benchmark = AddBenchmark("BM_Work/8");
    benchmarks_[benchmark].cpu_seconds = console;
    benchmarks_[benchmark].real_seconds = console;
    const uint32_t run = AddRun(benchmark, 0);
    for (int i = 0; i < samples; ++i) {
      AddSample(1, run, kTimed, 1000000);
    }
    for (int i = 0; i < helper_samples; ++i) {
      AddSample(2, run, kTimed, 1000000, kHelperThread);
    }
    EXPECT_EQ(Export(), 0);
    return LineOf("console and profile differ in CPU time: ");
  }
};

TEST_F(ConsoleTimeTest, ALineSaysWhereItIsNotTheProfiles) {
  const std::string line = LineFor(0.8, 400);
  EXPECT_NE(line.find("BM_Work/8 (0.8 s, 0.4 s); is PauseTiming called twice?"),
            std::string::npos)
      << said_;
  EXPECT_NE(LineFor(0.2, 400).find("BM_Work/8 (0.2 s, 0.4 s)"),
            std::string::npos)
      << said_;
}

TEST_F(ConsoleTimeTest, NoiseIsNoDifference) {
  EXPECT_EQ(LineFor(0.45, 400), "");
  EXPECT_EQ(LineFor(0.35, 400), "");
  EXPECT_EQ(LineFor(0.08, 40), "");
  EXPECT_EQ(LineFor(0, 400), "");
  EXPECT_EQ(LineFor(-1, 400), "");
}

// Whether the console counts these depends on the benchmark.
TEST_F(ConsoleTimeTest, ItMayBeWithThreadsOfTheBenchmarkOrWithout) {
  EXPECT_EQ(LineFor(0.4, 400, 400), "");
  EXPECT_EQ(LineFor(0.6, 400, 400), "");
  EXPECT_EQ(LineFor(0.8, 400, 400), "");
  EXPECT_NE(LineFor(1.6, 400, 400), "");
  EXPECT_NE(LineFor(0.1, 400, 400), "");
}

TEST_F(ConsoleTimeTest, AProfileThatLacksOrMovesTimeProvesNothing) {
  profile_.places_kernel_time = false;
  EXPECT_EQ(LineFor(0.8, 400), "");
  EXPECT_EQ(LineFor(0.2, 400), "");
  profile_.places_kernel_time = true;
  profile_.lost = 1;
  EXPECT_EQ(LineFor(0.8, 400), "");
  profile_.lost = 0;
  interrupted_ = true;
  EXPECT_EQ(LineFor(0.8, 400), "");
}

TEST_F(ConsoleTimeTest, ManyLongNamesAreOneShortLine) {
  for (int i = 0; i < 20; ++i) {
    const uint32_t benchmark =
        AddBenchmark("BM_" + std::to_string(i) + std::string(500, 'x'));
    benchmarks_[benchmark].cpu_seconds = 80000;
    const uint32_t run = AddRun(benchmark, 0);
    for (int j = 0; j < 100; ++j) {
      AddSample(1, run, kTimed, 400000000000);
    }
  }
  EXPECT_EQ(Export(), 0);
  const std::string line =
      LineOf("console and profile differ in CPU time: BM_0xxx");
  EXPECT_NE(line.find(" and 19 more in index.json"), std::string::npos)
      << said_;
  EXPECT_LE(line.size(), 160u) << line;
}

}  // namespace
}  // namespace bench_profiler
