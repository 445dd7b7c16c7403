// --profile_repeat_until: tests that are too short for samples.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/google_test_output.h"
#include "tests/support/index_view.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"
#include "tests/support/run_in.h"

namespace bench_profiler {
namespace {

TEST(RepeatUntil, ShortTestsHaveSamples) {
  const TemporaryFolder folder;
  const std::vector<std::string> flags = {"--gtest_filter=Short.*",
                                          "--gtest_output=xml:out"};
  const ProgramResult plain = RunIn(folder, "gtest_bad_days", flags);
  const std::string plain_file = ReadFile(folder / "out");
  std::vector<std::string> profiled_flags = flags;
  profiled_flags.push_back("--cpuprofile=cpu.prof");
  profiled_flags.push_back("--profile_repeat_until=0.2s");
  const ProgramResult profiled =
      RunIn(folder, "gtest_bad_days", profiled_flags);
  ASSERT_EQ(profiled.exit_code, 0) << profiled.out << profiled.err;
  EXPECT_EQ(WithoutTimes(profiled.out), WithoutTimes(plain.out));
  EXPECT_EQ(WithoutTimes(ReadFile(folder / "out")), WithoutTimes(plain_file));

  const Json entry = EntryOf(folder, "Short.Passes");
  EXPECT_GT(entry["iterations"].Number(), 100) << entry;
  EXPECT_GE(entry["cpu_seconds"].Number(), 0.2) << entry;
  EXPECT_LT(entry["cpu_seconds"].Number(), 0.3) << entry;
  EXPECT_GT(entry["samples"].Number(), 10) << entry;
  // Two thirds of Spin's rounds are the body's, one third is SetUp's.
  const ProfileView file = ReadProfile(folder / "cpu.prof.d/Short.Passes.prof");
  for (const char* phase : {"setup", "body"}) {
    EXPECT_GT(file.Sum("cpu",
                       [phase](const SampleView& sample) {
                         return sample.Label("phase") == phase;
                       }),
              0)
        << phase;
  }
  for (const char* once : {"Short.IsSkipped", "Short.DiesEachTime"}) {
    EXPECT_EQ(EntryOf(folder, once)["iterations"], 1) << once;
  }
  // Ten times as long at most, in all.
  const Json sleeps = EntryOf(folder, "Short.Sleeps");
  EXPECT_GT(sleeps["iterations"].Number(), 10) << sleeps;
  EXPECT_LT(sleeps["real_seconds"].Number(), 3) << sleeps;
}

TEST(RepeatUntil, AFailureIsTheTests) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"FAILING", "1"}};
  const ProgramResult result =
      RunIn(folder, "gtest_bad_days",
            {"--gtest_filter=Short.Fails*", "--cpuprofile=cpu.prof",
             "--profile_repeat_until=0.2"},
            options);
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(result.out.find("2 FAILED TESTS"), std::string::npos) << result.out;
  EXPECT_EQ(EntryOf(folder, "Short.Fails")["iterations"], 1);
  EXPECT_EQ(EntryOf(folder, "Short.FailsTheTenthTime")["iterations"], 10);
}

TEST(RepeatUntil, AllocationsAreThoseOfTheFirstRun) {
  const TemporaryFolder folder;
  const auto Properties = [&folder](const std::vector<std::string>& more) {
    std::vector<std::string> flags = {
        "--gtest_filter=Short.Passes:Short.Sleeps", "--gtest_output=xml:out",
        "--benchmem", "--cpuprofile=cpu.prof"};
    flags.insert(flags.end(), more.begin(), more.end());
    EXPECT_EQ(RunIn(folder, "gtest_bad_days", flags).exit_code, 0);
    return WithoutTimes(ReadFile(folder / "out"));
  };
  const std::string once = Properties({});
  EXPECT_NE(once.find("<property name=\"bytes\""), std::string::npos) << once;
  EXPECT_EQ(Properties({"--profile_repeat_until=0.1"}), once);
}

TEST(RepeatUntil, NonsenseIsToldOf) {
  const TemporaryFolder folder;
  for (const char* value : {"0", "-1", "nan", "inf", "1m", "", "1e9"}) {
    const ProgramResult result =
        RunIn(folder, "gtest_bad_days",
              {"--cpuprofile=cpu.prof",
               std::string("--profile_repeat_until=") + value});
    EXPECT_EQ(result.exit_code, 1) << value;
    EXPECT_NE(result.err.find("must be a number of seconds above 0"),
              std::string::npos)
        << result.err;
    EXPECT_EQ(result.out, "");
  }
  const ProgramResult alone =
      RunIn(folder, "gtest_bad_days", {"--profile_repeat_until=1"});
  EXPECT_EQ(alone.exit_code, 1);
  EXPECT_NE(alone.err.find("give --cpuprofile"), std::string::npos);

  const ProgramResult no_tests =
      RunIn(folder, "no_framework",
            {"--cpuprofile=cpu.prof", "--profile_repeat_until=1"});
  EXPECT_NE(no_tests.err.find("none can be seen"), std::string::npos)
      << no_tests.err;
}

}  // namespace
}  // namespace bench_profiler
