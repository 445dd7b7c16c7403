// Runs real benchmark programs with --cpuprofile and looks at what comes of it,
// as a user does: at the console, the files, the exit code.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/json.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"
#include "tests/support/run_in.h"

namespace bench_profiler {
namespace {

std::string WithoutNumbers(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '.' && (c < '0' || c > '9')) result += c;
  }
  return result;
}

Json BenchmarksIn(const TemporaryFolder& folder) {
  return Json::Parse(ReadFile(folder / "cpu.prof.d/index.json"))["benchmarks"];
}

class Attribution : public testing::Test {
 protected:
  // One run for all tests: it takes half a minute.
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    result_ = new ProgramResult(
        RunIn(*folder_, "attribution_bench",
              {"--cpuprofile=cpu.prof", "--benchmark_min_time=0.5"}));
    whole_ = new ProfileView(ReadProfile(*folder_ / "cpu.prof"));
  }
  static void TearDownTestSuite() {
    delete whole_;
    delete result_;
    delete folder_;
  }

  static ProfileView BenchmarkProfile(const std::string& name) {
    for (const auto& benchmark : BenchmarksIn(*folder_)) {
      if (benchmark["name"] == name && benchmark["file"].IsString()) {
        return ReadProfile(*folder_ /
                           ("cpu.prof.d/" + benchmark["file"].Text()));
      }
    }
    return {};
  }

  static int64_t Nanos(const std::string& benchmark, const std::string& phase,
                       const std::string& function) {
    return whole_->Sum("cpu", [&](const SampleView& sample) {
      return sample.Label("benchmark") == benchmark &&
             sample.Label("phase") == phase && sample.Has(function);
    });
  }

  static TemporaryFolder* folder_;
  static ProgramResult* result_;
  static ProfileView* whole_;
};
TemporaryFolder* Attribution::folder_ = nullptr;
ProgramResult* Attribution::result_ = nullptr;
ProfileView* Attribution::whole_ = nullptr;

TEST_F(Attribution, RunSucceedsAndSaysWhatItWrote) {
  EXPECT_EQ(result_->exit_code, 0) << result_->err;
  EXPECT_NE(result_->err.find("go tool pprof"), std::string::npos)
      << result_->err;
  EXPECT_EQ(result_->out.find("bench_profiler"), std::string::npos);
  EXPECT_TRUE(whole_->valid) << whole_->problem;
  EXPECT_EQ(whole_->types,
            (std::vector<std::string>{"samples/count", "cpu/nanoseconds"}));
}

TEST_F(Attribution, ConsoleIsAsWithoutProfiling) {
  const TemporaryFolder folder;
  const ProgramResult plain =
      RunIn(folder, "attribution_bench", {"--benchmark_min_time=0.001"});
  const ProgramResult profiled =
      RunIn(folder, "attribution_bench",
            {"--cpuprofile=cpu.prof", "--benchmark_min_time=0.001"});
  // Names, units, counters and errors in the same order; only numbers differ.
  EXPECT_EQ(WithoutNumbers(plain.out), WithoutNumbers(profiled.out));
}

TEST_F(Attribution, EveryBenchmarkIsInTheIndex) {
  const Json benchmarks = BenchmarksIn(*folder_);
  for (const auto& benchmark : benchmarks) {
    const std::string name = benchmark["name"].Text();
    EXPECT_NE(result_->out.find(name), std::string::npos) << name;
    EXPECT_TRUE(BenchmarkProfile(name).valid) << name;
  }
  EXPECT_EQ(benchmarks.size(), 19u);
}

TEST_F(Attribution, TotalIsCpuTimeTimesIterations) {
  for (const auto& benchmark : BenchmarksIn(*folder_)) {
    const std::string name = benchmark["name"].Text();
    if (name.find("Skip") != std::string::npos) continue;
    if (name.find("Spawn") != std::string::npos) continue;  // helper threads
    const ProfileView profile = BenchmarkProfile(name);
    const double expected = benchmark["cpu_seconds"].Number();
    const auto sampled = static_cast<double>(profile.Sum("cpu")) * 1e-9;
    // Each start and stop of a thread's timed loop can fall anywhere between
    // two ticks of the kernel (10 ms at most): half a tick of error each on
    // average. A paused benchmark starts and stops n times, its share p of the
    // ticks has the standard deviation sqrt(p (1 - p) n) ticks.
    const double repetitions = benchmark["repetitions"].Number();
    const double threads = benchmark["threads"].Number();
    double bound = 0.010 * 2 * repetitions * threads;
    if (name == "BM_Paused") bound += 5 * std::sqrt(0.25 * 500) * 0.004;
    EXPECT_NEAR(sampled, expected, bound) << name;
  }
}

TEST_F(Attribution, PhasesAreToldApart) {
  // The fixtures' SetUp and TearDown, 20 ms each, are set-up, never timed.
  EXPECT_GT(Nanos("Fixture/Simple", "setup", "SetupWork"), 0);
  EXPECT_EQ(Nanos("Fixture/Simple", "timed", "SetupWork"), 0);
  EXPECT_GT(Nanos("Fixture/Simple", "timed", "TimedWork"), 0);
  EXPECT_GT(Nanos("Fixture/Simple", "calibration", "SetupWork"), 0);
  EXPECT_GT(Nanos("BM_Plain/1000", "calibration", "TimedWork"), 0);
  EXPECT_GT(Nanos("BM_Paused", "paused", "PausedWork"), 0);
  EXPECT_GT(Nanos("BM_Paused", "timed", "TimedWork"), 0);
  // A tick that comes within the call that pauses or resumes may go either way.
  const auto paused = Nanos("BM_Paused", "paused", "PausedWork");
  EXPECT_LT(Nanos("BM_Paused", "timed", "PausedWork"), paused / 50);
}

TEST_F(Attribution, BenchmarkFilesHoldTheTimedLoopAlone) {
  const ProfileView profile = BenchmarkProfile("BM_Paused");
  const int64_t all = profile.Sum("cpu");
  const int64_t timed = profile.Sum(
      "cpu", [](const SampleView& sample) { return sample.Has("TimedWork"); });
  EXPECT_GT(all, 0);
  // The rest is the clock that PauseTiming and ResumeTiming read, about 1 %:
  // of 100 samples more than 10 once in 10^7 runs.
  EXPECT_GT(static_cast<double>(timed), 0.9 * static_cast<double>(all));
}

TEST_F(Attribution, RepetitionsAndThreadsAreLabelled) {
  for (const char* repetition : {"1", "2", "3"}) {
    EXPECT_GT(whole_->Sum("cpu",
                          [&](const SampleView& sample) {
                            return sample.Label("benchmark") ==
                                       "BM_Named/size:5000/repeats:3" &&
                                   sample.Label("repetition") == repetition;
                          }),
              0)
        << repetition;
  }
  for (const char* thread : {"1", "2", "3", "4"}) {
    EXPECT_GT(whole_->Sum("cpu",
                          [&](const SampleView& sample) {
                            return sample.Label("benchmark") ==
                                       "BM_Threads/real_time/threads:4" &&
                                   sample.Label("thread") == thread;
                          }),
              0)
        << thread;
  }
}

TEST_F(Attribution, ThreadsOfTheBenchmarkInheritIt) {
  EXPECT_GT(Nanos("BM_Spawn/process_time/real_time", "timed", "HelperWork"), 0);
}

TEST_F(Attribution, ProfilersOwnFramesNeverShow) {
  EXPECT_EQ(whole_->Sum("cpu",
                        [](const SampleView& sample) {
                          return sample.Has("bench_profiler") ||
                                 sample.Has("__wrap_");
                        }),
            0);
}

TEST_F(Attribution, StacksReachMain) {
  const int64_t all = whole_->Sum("cpu", [](const SampleView& sample) {
    return sample.Label("thread") == "1";
  });
  const int64_t rooted = whole_->Sum("cpu", [](const SampleView& sample) {
    return sample.Label("thread") == "1" && sample.Has("main");
  });
  EXPECT_GT(static_cast<double>(rooted), 0.98 * static_cast<double>(all));
}

TEST_F(Attribution, CommentsTellCommandAndRate) {
  EXPECT_TRUE(whole_->HasComment("attribution_bench"));
  EXPECT_TRUE(whole_->HasComment("--cpuprofile=cpu.prof"));
  EXPECT_TRUE(whole_->HasComment("1000 samples per CPU second"));
  EXPECT_TRUE(whole_->HasComment("Google Benchmark: "));
}

TEST_F(Attribution, GoToolPprofReadsIt) {
  const ProgramResult top =
      RunProgram({"go", "tool", "pprof", "-top", "-tagfocus=phase=timed",
                  *folder_ / "cpu.prof"});
  if (top.exit_code == 127) GTEST_SKIP() << "go is not installed";
  EXPECT_EQ(top.exit_code, 0) << top.err;
  EXPECT_NE(top.out.find("Spin"), std::string::npos) << top.out;
}

TEST(Interleaving, RepetitionsOfMixedRunsFindTheirBenchmark) {
  const TemporaryFolder folder;
  const ProgramResult result = RunIn(
      folder, "attribution_bench",
      {"--cpuprofile=cpu.prof", "--benchmark_min_time=0.1",
       "--benchmark_filter=BM_(Plain|KeepRunning)",
       "--benchmark_enable_random_interleaving", "--benchmark_repetitions=5"});
  if (result.err.find("unrecognized command-line flag") != std::string::npos) {
    GTEST_SKIP() << "Google Benchmark is older than 1.6";
  }
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const Json benchmarks = BenchmarksIn(folder);
  ASSERT_EQ(benchmarks.size(), 3u);
  for (const auto& benchmark : benchmarks) {
    EXPECT_EQ(benchmark["repetitions"], 5);
    EXPECT_NEAR(benchmark["profiled_cpu_seconds"].Number(),
                benchmark["cpu_seconds"].Number(), 0.010 * 2 * 5);
  }
}

TEST(Aggregates, OnlyAggregatesStillGiveProfiles) {
  const TemporaryFolder folder;
  const ProgramResult result = RunIn(
      folder, "attribution_bench",
      {"--cpuprofile=cpu.prof", "--benchmark_filter=BM_Named",
       "--benchmark_min_time=0.1", "--benchmark_report_aggregates_only=true"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const ProfileView whole = ReadProfile(folder / "cpu.prof");
  for (const char* repetition : {"1", "2", "3"}) {
    EXPECT_GT(whole.Sum("cpu",
                        [&](const SampleView& sample) {
                          return sample.Label("repetition") == repetition;
                        }),
              0);
  }
}

TEST(OwnMain, BenchmarksThatFollowOneAnotherAtOneAddressAreToldApart) {
  const TemporaryFolder folder;
  ProgramOptions options;
  // Its blocks are never given back.
  options.environment = {{"OWN_MAIN", "turns"},
                         {"ASAN_OPTIONS", "detect_leaks=0"}};
  const ProgramResult result =
      RunIn(folder, "own_main_bench",
            {"--memprofile=mem.prof", "--memprofilerate=1"}, options);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  for (const char* name : {"BM_A", "BM_B", "BM_C", "BM_D"}) {
    const ProfileView profile = ReadProfile(
        folder / (std::string("mem.prof.d/") + name + "_iterations_100.prof"));
    ASSERT_TRUE(profile.valid) << name << profile.problem << result.err;
    EXPECT_EQ(profile.Sum("alloc_objects"), 100) << name;
  }
}

TEST(OwnMain, KeepsItsReporterExitCodeAndManager) {
  for (const char* mode :
       {"plain", "reporter", "memory", "fail", "reporter memory"}) {
    const TemporaryFolder folder;
    ProgramOptions options;
    options.environment = {{"OWN_MAIN", mode}};
    const ProgramResult plain =
        RunIn(folder, "own_main_bench", {"--benchmark_min_time=0.05"}, options);
    const ProgramResult profiled = RunIn(
        folder, "own_main_bench",
        {"--benchmark_min_time=0.05", "--cpuprofile", "cpu.prof"}, options);
    EXPECT_EQ(plain.exit_code, profiled.exit_code) << mode << profiled.err;
    EXPECT_EQ(WithoutNumbers(plain.out), WithoutNumbers(profiled.out)) << mode;
    for (const auto& benchmark : BenchmarksIn(folder)) {
      const double expected = benchmark["cpu_seconds"].Number();
      EXPECT_NEAR(benchmark["profiled_cpu_seconds"].Number(), expected,
                  0.010 * 2 * 2 * 2)
          << mode << benchmark["name"];
    }
    const ProfileView whole = ReadProfile(folder / "cpu.prof");
    EXPECT_NEAR(static_cast<double>(whole.Sum("cpu",
                                              [](const SampleView& sample) {
                                                return sample.Has("MainWork") &&
                                                       sample.Label("phase") ==
                                                           "other";
                                              })) *
                    1e-9,
                0.3, 0.02)
        << mode;
  }
}

TEST(OwnMain, NothingIsSaidOfBenchmarksIfNoneRuns) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "own_main_bench",
            {"--benchmark_filter=none_of_them", "--cpuprofile=cpu.prof"});
  EXPECT_EQ(result.err.find("no benchmark was seen"), std::string::npos)
      << result.err;
  const ProfileView whole = ReadProfile(folder / "cpu.prof");
  EXPECT_TRUE(whole.HasComment("no benchmark was seen to run"));
  EXPECT_GT(whole.Sum("cpu",
                      [](const SampleView& sample) {
                        return sample.Has("MainWork");
                      }),
            0);
}

// As with a Google Benchmark that link-time optimisation hides.
TEST(OwnMain, ALineSaysThatNoBenchmarkWasSeenWhereStacksShowOne) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"OWN_MAIN", "hidden"}};
  const ProgramResult result =
      RunIn(folder, "own_main_bench", {"--cpuprofile=cpu.prof"}, options);
  EXPECT_NE(result.err.find("no benchmark was seen to run"), std::string::npos)
      << result.err;
}

TEST(OwnMain, QuietSaysNothingButErrors) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"BENCH_PROFILER_QUIET", "1"}};
  // The second says more than the first where perf_event is not permitted; the
  // last runs no benchmark.
  for (const char* flag :
       {"--benchmem", "--cpuprofileclock=task-clock",
        "--profile_repeat_until=1", "--benchmark_filter=none_of_them"}) {
    const ProgramResult result = RunIn(
        folder, "own_main_bench",
        {"--benchmark_min_time=0.001", "--cpuprofile=cpu.prof", flag}, options);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.err.find("bench_profiler:"), std::string::npos)
        << result.err;
    EXPECT_TRUE(ReadProfile(folder / "cpu.prof").valid);
  }
  const ProgramResult failed =
      RunIn(folder, "own_main_bench",
            {"--benchmark_min_time=0.001", "--cpuprofile=/dev/full"}, options);
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_NE(failed.err.find("cpu profile not written: /dev/full"),
            std::string::npos)
      << failed.err;
}

TEST(OwnMain, ExceptionOutOfABenchmark) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"OWN_MAIN", "throw"}};
  const ProgramResult result =
      RunIn(folder, "own_main_bench",
            {"--benchmark_min_time=0.05", "--cpuprofile=cpu.prof"}, options);
  EXPECT_EQ(result.exit_code, 4) << result.err;
  EXPECT_NE(result.out.find("caught: out of a benchmark"), std::string::npos);
  const ProfileView whole = ReadProfile(folder / "cpu.prof");
  EXPECT_GT(whole.Sum("cpu",
                      [](const SampleView& sample) {
                        return sample.Label("benchmark") == "BM_Throws";
                      }),
            0);
}

}  // namespace
}  // namespace bench_profiler
