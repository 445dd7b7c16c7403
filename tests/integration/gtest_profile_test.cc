// Runs real GoogleTest programs with --cpuprofile and looks at what comes of
// it.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "tests/support/google_test_output.h"
#include "tests/support/index_view.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"
#include "tests/support/run_in.h"

namespace bench_profiler {
namespace {

using Labels = std::map<std::string, std::string>;

double Seconds(const ProfileView& profile, const std::string& function,
               const Labels& labels) {
  const int64_t nanos = profile.Sum("cpu", [&](const SampleView& sample) {
    for (const auto& label : labels) {
      if (sample.Label(label.first) != label.second) return false;
    }
    return sample.Has(function);
  });
  return static_cast<double>(nanos) * 1e-9;
}

// Each piece of work starts and stops anywhere between two ticks of the kernel
// (10 ms at most).
constexpr double kTick = 0.010;

// gtest_main, gmock_main, a main of the user's own: all find their tests.
class Mains : public testing::TestWithParam<const char*> {};

TEST_P(Mains, EveryPartOfATestIsToldApart) {
  const TemporaryFolder folder;
  const ProgramResult result = RunIn(
      folder, GetParam(), {"--cpuprofile=cpu.prof", "--gtest_filter=Phases.*"});
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
  const ProfileView whole = ReadProfile(folder / "cpu.prof");
  ASSERT_TRUE(whole.valid) << whole.problem;
  const struct {
    const char* function;
    Labels labels;
    double seconds;
  } parts[] = {
      {"EnvironmentWork", {{"phase", "environment"}, {"suite", ""}}, 0.2},
      {"SuiteSetupWork", {{"phase", "suite-setup"}, {"suite", "Phases"}}, 0.2},
      {"ConstructorWork", {{"phase", "setup"}, {"test", "Phases.All"}}, 0.1},
      {"SetupWork",
       {{"phase", "setup"}, {"test", "Phases.All"}, {"iteration", "1"}},
       0.2},
      {"BodyWork",
       {{"phase", "body"}, {"test", "Phases.All"}, {"suite", "Phases"}},
       0.4},
      {"HelperWork", {{"phase", "body"}, {"test", "Phases.All"}}, 0.2},
      {"TeardownWork", {{"phase", "teardown"}, {"test", "Phases.All"}}, 0.2},
      {"DestructorWork", {{"phase", "teardown"}, {"test", "Phases.All"}}, 0.1},
      {"SuiteTeardownWork", {{"phase", "suite-teardown"}, {"test", ""}}, 0.2},
  };
  for (const auto& part : parts) {
    EXPECT_NEAR(Seconds(whole, part.function, part.labels), part.seconds,
                2 * kTick)
        << part.function;
  }
  for (const char* ours : {"bench_profiler", "__wrap_"}) {
    EXPECT_EQ(Seconds(whole, ours, {}), 0) << ours;
  }

  // The test's file: from its start to its end, and nothing else.
  const ProfileView file = ReadProfile(folder / "cpu.prof.d/Phases.All.prof");
  ASSERT_TRUE(file.valid) << file.problem;
  EXPECT_NEAR(Seconds(file, "", {}), 1.2, 4 * kTick);
  EXPECT_NEAR(Seconds(file, "BodyWork", {{"phase", "body"}}), 0.4, 2 * kTick);
  for (const char* function : {"EnvironmentWork", "SuiteSetupWork"}) {
    EXPECT_EQ(Seconds(file, function, {}), 0) << function;
  }
  const Json entry = EntryOf(folder, "Phases.All");
  EXPECT_EQ(entry["test"], true);
  EXPECT_EQ(entry["iterations"], 1);
  EXPECT_EQ(entry["complete"], true);
  EXPECT_NEAR(entry["profiled_cpu_seconds"].Number(),
              entry["cpu_seconds"].Number(), 2 * kTick);
}

INSTANTIATE_TEST_SUITE_P(Programs, Mains,
                         testing::Values("gtest_main_test", "gmock_main_test",
                                         "own_main_test", "both_test"));

TEST(GoogleTest, EveryTestThatRanHasAFile) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "gtest_main_test", {"--cpuprofile=cpu.prof"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(NamesIn(folder),
            (std::set<std::string>{
                "Phases.All", "Outcome.Skipped", "SkippedInSetUp.First",
                "SkippedInSetUp.Second", "Failure.Fatal", "Failure.Exception",
                "Failure.Exit", "Few/Parameters.Work/0",
                "Few/Parameters.Work/1", "Types/0.Work", "Types/1.Work",
                "Styles/DeathTest.Dies/0", "Styles/DeathTest.Dies/1"}));
  const ProfileView second =
      ReadProfile(folder / "cpu.prof.d/Few_Parameters.Work_1.prof");
  EXPECT_NEAR(Seconds(second, "ParameterWork", {}), 0.2, 2 * kTick);
  EXPECT_NE(result.err.find("13 tests in cpu.prof.d/"), std::string::npos)
      << result.err;
  // The children of death tests say nothing.
  EXPECT_EQ(result.err.find("profile: "), result.err.rfind("profile: "))
      << result.err;
}

TEST(GoogleTest, OutputsAndExitCodeAreAsWithoutProfiling) {
  for (const char* failing : {"", "1"}) {
    for (const char* format : {"xml", "json"}) {
      ProgramOptions options;
      if (*failing != '\0') options.environment = {{"FAILING", failing}};
      const TemporaryFolder folder;
      const std::vector<std::string> flags = {
          "--gtest_filter=Failure.*:Outcome.*:Few/*:Styles/*",
          std::string("--gtest_output=") + format + ":out",
          "--gtest_also_run_disabled_tests", "--gtest_shuffle",
          "--gtest_random_seed=5"};
      const ProgramResult plain =
          RunIn(folder, "gtest_main_test", flags, options);
      const std::string plain_file = ReadFile(folder / "out");
      std::vector<std::string> profiled_flags = flags;
      profiled_flags.insert(profiled_flags.begin(), "--cpuprofile=cpu.prof");
      const ProgramResult profiled =
          RunIn(folder, "gtest_main_test", profiled_flags, options);
      EXPECT_EQ(plain.exit_code, *failing != '\0' ? 1 : 0) << plain.out;
      EXPECT_EQ(profiled.exit_code, plain.exit_code) << profiled.err;
      EXPECT_EQ(WithoutTimes(profiled.out), WithoutTimes(plain.out));
      EXPECT_EQ(WithoutTimes(ReadFile(folder / "out")),
                WithoutTimes(plain_file));
      EXPECT_EQ(NamesIn(folder).size(), 9u);
    }
  }
}

TEST(GoogleTest, IterationsAreToldApart) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "gtest_main_test",
            {"--cpuprofile=cpu.prof", "--benchmem",
             "--gtest_filter=Few/*:SkippedInSetUp.*", "--gtest_repeat=3"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const ProfileView whole = ReadProfile(folder / "cpu.prof");
  for (const char* iteration : {"1", "2", "3"}) {
    EXPECT_NEAR(Seconds(whole, "ParameterWork", {{"iteration", iteration}}),
                0.3, 4 * kTick)
        << iteration;
  }
  for (const auto& entry : EntriesIn(folder)) {
    EXPECT_EQ(entry["iterations"], 3) << entry;
    ASSERT_EQ(entry["runs"].size(), 3u) << entry;
    double seconds = 0;
    for (size_t i = 0; i < 3; ++i) {
      const Json& run = entry["runs"][i];
      EXPECT_EQ(run["repetition"], i + 1) << run;
      EXPECT_EQ(run["iterations"], 1) << run;
      EXPECT_GT(run["allocs"].Number(), 0) << run;
      seconds += run["real_seconds"].Number();
    }
    EXPECT_DOUBLE_EQ(seconds, entry["real_seconds"].Number()) << entry;
  }
  EXPECT_EQ(EntriesIn(folder).size(), 4u);
}

TEST(GoogleTest, ListingWritesNothing) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "gtest_main_test",
            {"--cpuprofile=cpu.prof", "--gtest_list_tests"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_NE(result.out.find("Phases."), std::string::npos);
  EXPECT_FALSE(FileExists(folder / "cpu.prof"));
  EXPECT_EQ(result.err, "");
}

TEST(GoogleTest, HelpListsOurFlags) {
  const TemporaryFolder folder;
  const ProgramResult result = RunIn(folder, "gtest_main_test", {"--help"});
  EXPECT_NE(result.out.find("--gtest_filter"), std::string::npos);
  EXPECT_NE(result.out.find("--cpuprofile"), std::string::npos);
}

TEST(GoogleTest, EnvironmentVariablesAlone) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"BENCH_PROFILER_CPUPROFILE", "cpu.prof"}};
  const ProgramResult result =
      RunIn(folder, "gtest_main_test", {"--gtest_filter=Styles/*"}, options);
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(NamesIn(folder).size(), 2u);
  EXPECT_EQ(result.err.find("profile: "), result.err.rfind("profile: "))
      << result.err;
}

TEST(GoogleTest, AllocationsAreRecordedAsProperties) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "gtest_main_test",
            {"--benchmem", "--gtest_filter=Few/*", "--gtest_output=xml:out"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const std::string xml = ReadFile(folder / "out");
  EXPECT_NE(xml.find("<property name=\"allocs\" value=\""), std::string::npos)
      << xml;
  EXPECT_NE(xml.find("<property name=\"bytes\" value=\""), std::string::npos);
}

TEST(BothFrameworks, EachHasItsLabels) {
  for (const char* order : {"tests first", "benchmarks first"}) {
    const TemporaryFolder folder;
    ProgramOptions options;
    options.environment = {{"OWN_MAIN", order}};
    const ProgramResult result =
        RunIn(folder, "both_test",
              {"--cpuprofile=cpu.prof", "--gtest_filter=Few/*:Nested.*",
               "--benchmark_min_time=0.2"},
              options);
    ASSERT_EQ(result.exit_code, 0) << order << result.out << result.err;
    const ProfileView whole = ReadProfile(folder / "cpu.prof");
    const Labels benchmark = {{"benchmark", "BM_Work"}, {"test", ""}};
    const Labels test = {{"test", "Few/Parameters.Work/1"}, {"benchmark", ""}};
    EXPECT_GT(Seconds(whole, "BM_Work", benchmark), 0.1) << order;
    EXPECT_NEAR(Seconds(whole, "ParameterWork", test), 0.2, 2 * kTick) << order;
    EXPECT_EQ(Seconds(whole, "ParameterWork", {{"test", ""}}), 0) << order;
    EXPECT_EQ(Seconds(whole, "BM_Work", {{"benchmark", ""}}), 0) << order;
    // The benchmark that a test runs is the benchmark's, the rest the test's.
    EXPECT_NEAR(Seconds(whole, "SpinFor", {{"test", "Nested.Benchmarks"}}), 0.2,
                2 * kTick)
        << order;
    EXPECT_EQ(
        NamesIn(folder),
        (std::set<std::string>{"BM_Work", "Few/Parameters.Work/0",
                               "Few/Parameters.Work/1", "Nested.Benchmarks"}))
        << order;
  }
}

// Not linked: the glue neither keeps the program from linking nor does
// anything.
TEST(NoFramework, WholeRunOnly) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "no_framework", {"--cpuprofile=cpu.prof"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NEAR(Seconds(ReadProfile(folder / "cpu.prof"), "SpinFor", {}), 0.2,
              2 * kTick);
  EXPECT_EQ(EntriesIn(folder).size(), 0u);
}

}  // namespace
}  // namespace bench_profiler
