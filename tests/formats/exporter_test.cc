// The exporter on data made by hand: what comes of stacks, runs and benchmarks.
#include "bench_profiler/export/exporter.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/formats/exporter_fixture.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

TEST_F(ExporterTest, NoSamplesGiveAValidProfileThatSaysSo) {
  AddBenchmark("BM_Short");
  EXPECT_EQ(Export(), 0) << said_;
  for (const std::string& file : {path_, path_ + ".d/BM_Short.prof"}) {
    const ProfileView view = ReadProfile(file);
    EXPECT_TRUE(view.valid) << view.problem;
    EXPECT_TRUE(view.HasComment("no samples"));
    EXPECT_TRUE(view.HasComment("how it was sampled"));
  }
  EXPECT_NE(said_.find("BM_Short (0)"), std::string::npos) << said_;
}

TEST_F(ExporterTest, QuietMeansErrorsOnly) {
  AddBenchmark("BM_Short");
  is_quiet_ = true;
  EXPECT_EQ(Export(), 0);
  EXPECT_EQ(said_, "");
  profile_.path = "/dev/full";
  EXPECT_EQ(Export(), 1);
  EXPECT_NE(said_.find("cpu profile not written"), std::string::npos) << said_;
}

TEST_F(ExporterTest, LabelsTellWhatTheThreadDid) {
  const uint32_t benchmark = AddBenchmark("BM_A/8");
  const uint32_t trial = AddRun(benchmark, -1);
  const uint32_t measured = AddRun(benchmark, 0);
  AddSample(2, 0, Phase(), 1, kHelperThread);
  AddSample(2, trial, kTimed, 10);
  AddSample(2, trial, kSetup, 20);
  AddSample(2, measured, kTimed, 100, 3);
  AddSample(2, measured, kPaused, 200);
  AddSample(2, measured, kSetup, 400);
  EXPECT_EQ(Export(), 0) << said_;
  const ProfileView whole = ReadProfile(path_);
  ASSERT_TRUE(whole.valid) << whole.problem;
  const auto nanos = [&](const std::string& phase) {
    return whole.Sum("cpu", [&](const SampleView& sample) {
      return sample.Label("phase") == phase;
    });
  };
  EXPECT_EQ(nanos("other"), 1);
  EXPECT_EQ(nanos("calibration"), 30);
  EXPECT_EQ(nanos("timed"), 100);
  EXPECT_EQ(nanos("paused"), 200);
  EXPECT_EQ(nanos("setup"), 400);
  for (const SampleView& sample : whole.samples) {
    const bool outside = sample.Label("phase") == "other";
    EXPECT_EQ(sample.Label("benchmark"), outside ? "" : "BM_A/8");
    EXPECT_EQ(sample.Label("repetition"), sample.Label("phase") == "timed"
                                              ? "1"
                                              : sample.Label("repetition"));
  }
  const ProfileView own = ReadProfile(path_ + ".d/BM_A_8.prof");
  EXPECT_EQ(own.Sum("cpu"), 100);
  ASSERT_EQ(own.samples.size(), 1u);
  EXPECT_EQ(own.samples[0].Label("thread"), "4");
  EXPECT_EQ(Index()["benchmarks"][0]["samples"], 1);
}

TEST_F(ExporterTest, StacksAreLeafFirst) {
  AddSample(4, 0, Phase(), 1);
  EXPECT_EQ(Export(), 0) << said_;
  const ProfileView view = ReadProfile(path_);
  ASSERT_EQ(view.samples.size(), 1u);
  EXPECT_EQ(view.samples[0].functions,
            (std::vector<std::string>{"?", "truncated"}));
}

TEST_F(ExporterTest, EqualSamplesAreOne) {
  AddSample(2, 0, Phase(), 1);
  AddSample(2, 0, Phase(), 2);
  EXPECT_EQ(Export(), 0) << said_;
  const ProfileView view = ReadProfile(path_);
  ASSERT_EQ(view.samples.size(), 1u);
  EXPECT_EQ(view.samples[0].values, (std::vector<int64_t>{2, 3}));
}

TEST_F(ExporterTest, TheSameRunGivesTheSameBytes) {
  const uint32_t run = AddRun(AddBenchmark("BM_A"), 0);
  for (uint32_t stack = 1; stack < 5; ++stack) {
    AddSample(stack, run, kTimed, stack);
  }
  EXPECT_EQ(Export(), 0);
  const std::string first = ReadFile(path_);
  std::reverse(samples_.begin(), samples_.end());
  EXPECT_EQ(Export(), 0);
  EXPECT_EQ(ReadFile(path_), first);
}

TEST_F(ExporterTest, UnreportedBenchmarksKeepAllTheirTimedSamples) {
  const uint32_t benchmark = AddBenchmark("BM_Interrupted");
  benchmarks_[benchmark].reported = false;
  AddSample(1, AddRun(benchmark, -1), kTimed, 5);
  EXPECT_EQ(Export(), 0);
  const ProfileView own = ReadProfile(path_ + ".d/BM_Interrupted.prof");
  EXPECT_EQ(own.Sum("cpu"), 5);
  EXPECT_TRUE(own.HasComment("incomplete"));
  EXPECT_EQ(Index()["benchmarks"][0]["complete"], false);
}

TEST_F(ExporterTest, RunsAreListedWithWhatTheyCost) {
  const uint32_t benchmark = AddBenchmark("BM_A");
  runs_[AddRun(benchmark, -1)].start_nanos = 100;
  for (const int repetition : {0, 1}) {
    const uint32_t run = AddRun(benchmark, repetition);
    runs_[run].start_nanos = 200 + repetition;
    runs_[run].iterations = 10;
    runs_[run].real_seconds = 0.5;
    runs_[run].allocations = 30;
    for (int i = 0; i <= repetition; ++i) AddSample(1, run, kTimed, 1000);
    AddSample(1, run, kSetup, 1000);
  }
  benchmarks_[benchmark].cpu_seconds = benchmarks_[benchmark].real_seconds = 1;
  EXPECT_EQ(Export(), 0) << said_;
  const Json entry = Index()["benchmarks"][0];
  const Json& runs = entry["runs"];
  ASSERT_EQ(runs.size(), 2u) << entry;
  EXPECT_EQ(runs[0]["repetition"], 1);
  EXPECT_EQ(runs[0]["start_nanos"], 200);
  EXPECT_EQ(runs[0]["iterations"], 10);
  EXPECT_TRUE(runs[0]["cpu_seconds"].IsNull());
  EXPECT_EQ(runs[0]["real_seconds"], 0.5);
  EXPECT_EQ(runs[0]["allocs"], 30);
  EXPECT_EQ(runs[0]["samples"], 1);
  EXPECT_TRUE(runs[0]["contentions"].IsNull());
  EXPECT_EQ(runs[1]["repetition"], 2);
  EXPECT_EQ(runs[1]["samples"], 2);
  const ProfileView own = ReadProfile(path_ + ".d/BM_A.prof");
  EXPECT_EQ(own.time_nanos, 200);
  EXPECT_EQ(own.duration_nanos, 1000000000);
}

// Of --benchmem and a mutex profile together.
TEST_F(ExporterTest, ValuesOfSamplesAreAddedUpForEachRun) {
  profile_.value_types[0] = {"contentions", "count"};
  profile_.value_types[1] = {"delay", "nanoseconds"};
  profile_.measures_cpu = false;
  const uint32_t benchmark = AddBenchmark("BM_A");
  const uint32_t first = AddRun(benchmark, 0);
  AddRun(benchmark, 1);
  AddSample(1, first, kTimed, 1000);
  AddSample(2, first, kTimed, 500);
  EXPECT_EQ(Export(), 0) << said_;
  const Json entry = Index()["benchmarks"][0];
  const Json& runs = entry["runs"];
  EXPECT_EQ(runs[0]["contentions"], 2);
  EXPECT_EQ(runs[0]["delay"], 1500);
  EXPECT_EQ(runs[1]["contentions"], 0);
  EXPECT_EQ(runs[1]["delay"], 0);
  EXPECT_TRUE(runs[1]["allocs"].IsNull());
}

// What was counted stands, also beside the estimates of a heap profile.
TEST_F(ExporterTest, AllocationsAreEstimatedUnlessTheyAreCounted) {
  profile_.value_types[0] = {"alloc_objects", "count"};
  profile_.value_types[1] = {"alloc_space", "bytes"};
  profile_.measures_cpu = false;
  const uint32_t run = AddRun(AddBenchmark("BM_A"), 0);
  AddSample(1, run, kTimed, 1000);
  runs_[run].allocations = 7;
  runs_[run].allocated_bytes = 70;
  for (const bool counted : {false, true}) {
    counts_allocations_ = counted;
    EXPECT_EQ(Export(), 0) << said_;
    EXPECT_EQ(Index()["benchmem"], counted);
    const Json entry = Index()["benchmarks"][0];
    EXPECT_EQ(entry["runs"][0]["allocs"], counted ? 7 : 1);
    EXPECT_EQ(entry["runs"][0]["bytes"], counted ? 70 : 1000);
  }
}

// As when a signal ends the program in the middle of one.
TEST_F(ExporterTest, ABenchmarkWithoutResultHasAStartButNoRuns) {
  const uint32_t benchmark = AddBenchmark("BM_A");
  benchmarks_[benchmark].reported = false;
  const uint32_t run = AddRun(benchmark, -1);
  runs_[run].start_nanos = 300;
  EXPECT_EQ(Export(), 0) << said_;
  EXPECT_EQ(Index()["benchmarks"][0]["runs"].size(), 0u);
  const ProfileView own = ReadProfile(path_ + ".d/BM_A.prof");
  EXPECT_EQ(own.time_nanos, 300);
  EXPECT_EQ(own.duration_nanos, 700);
}

TEST_F(ExporterTest, SaysWhereTheNumbersComeFrom) {
  context_.command = "./bench";
  context_.compiler = "g++ 12";
  context_.build_type = "release";
  EXPECT_EQ(Export(), 0) << said_;
  Json context = Index()["context"];
  EXPECT_EQ(context["command"], "./bench");
  EXPECT_EQ(context["compiler"], "g++ 12");
  EXPECT_EQ(context["build_type"], "release");
  EXPECT_TRUE(context["git"].IsNull());
  EXPECT_TRUE(context["load"].IsNull());
  char host[256] = "";
  gethostname(host, sizeof(host));
  EXPECT_EQ(context["host"], host);
  EXPECT_GE(context["cpus"].Number(), 1);
  context_.git_revision = "8f0e1c7";
  for (double& average : context_.load) average = 0.5;
  EXPECT_EQ(Export(), 0) << said_;
  context = Index()["context"];
  EXPECT_EQ(context["git"], "8f0e1c7");
  EXPECT_EQ(context["load"].size(), 3u);
}

TEST_F(ExporterTest, UnseenBenchmarksHaveANameButNoFile) {
  const uint32_t benchmark = AddBenchmark("BM_Unseen");
  benchmarks_[benchmark].hooked = false;
  AddSample(1, AddRun(benchmark, -1), Phase(), 5);
  EXPECT_EQ(Export(), 0);
  EXPECT_TRUE(Index()["benchmarks"][0]["file"].IsNull());
  const ProfileView whole = ReadProfile(path_);
  EXPECT_EQ(whole.samples.at(0).Label("benchmark"), "BM_Unseen");
  EXPECT_EQ(whole.samples.at(0).Label("phase"), "other");
}

TEST_F(ExporterTest, BenchmarksOfOneNameShareAFile) {
  for (int i = 0; i < 2; ++i) {
    AddSample(1, AddRun(AddBenchmark("BM_Twice"), 0), kTimed, 5);
  }
  EXPECT_EQ(Export(), 0);
  EXPECT_EQ(Index()["benchmarks"].size(), 1u);
  EXPECT_EQ(ReadProfile(path_ + ".d/BM_Twice.prof").Sum("cpu"), 10);
}

TEST_F(ExporterTest, FilesOfAnEarlierRunGo) {
  AddBenchmark("BM_Old");
  EXPECT_EQ(Export(), 0);
  benchmarks_.clear();
  AddBenchmark("BM_New");
  EXPECT_EQ(Export(), 0);
  EXPECT_FALSE(FileExists(path_ + ".d/BM_Old.prof"));
  EXPECT_TRUE(FileExists(path_ + ".d/BM_New.prof"));
}

TEST_F(ExporterTest, FailureIsOneLineAndCounted) {
  profile_.path = "/dev/full";
  EXPECT_EQ(Export(), 1);
  EXPECT_NE(said_.find("cpu profile not written: /dev/full: No space left"),
            std::string::npos)
      << said_;
  EXPECT_FALSE(FileExists("/dev/full.d"));
}

TEST_F(ExporterTest, LostSamplesAreSaid) {
  profile_.lost = 17;
  EXPECT_EQ(Export(), 0);
  EXPECT_NE(said_.find("17 lost"), std::string::npos) << said_;
  EXPECT_TRUE(ReadProfile(path_).HasComment("lost samples: 17"));
}

TEST_F(ExporterTest, GoToolPprofReadsIt) {
  AddSample(2, 0, Phase(), 7000000);
  AddSample(4, 0, Phase(), 3000000);
  EXPECT_EQ(Export(), 0);
  const ProgramResult raw = RunProgram({"go", "tool", "pprof", "-raw", path_});
  if (raw.exit_code == 127) GTEST_SKIP() << "go is not installed";
  EXPECT_EQ(raw.exit_code, 0) << raw.err;
  EXPECT_NE(raw.out.find("samples/count cpu/nanoseconds[dflt]"),
            std::string::npos)
      << raw.out;
}

}  // namespace
}  // namespace bench_profiler
