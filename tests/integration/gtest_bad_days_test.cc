// GoogleTest programs on which profiling must do no harm, or that make it hard.
#include <dirent.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/index_view.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"
#include "tests/support/run_in.h"

namespace bench_profiler {
namespace {

// A piece of work starts and stops anywhere between two ticks of the kernel
// (10 ms at most).
constexpr double kTick = 0.010;

TEST(GoogleTestBadDays, BreakAndThrowOnFailureEndAsWithoutProfiling) {
  for (const char* flag :
       {"--gtest_break_on_failure", "--gtest_throw_on_failure"}) {
    ProgramOptions options;
    options.environment = {{"FAILING", "1"}};
    const TemporaryFolder folder;
    const ProgramResult plain =
        RunIn(folder, "gtest_main_test", {flag, "--gtest_filter=Failure.Fatal"},
              options);
    const ProgramResult profiled =
        RunIn(folder, "gtest_main_test",
              {flag, "--gtest_filter=Failure.Fatal", "--cpuprofile=cpu.prof"},
              options);
    EXPECT_EQ(plain.exit_code, profiled.exit_code) << profiled.err;
    EXPECT_EQ(plain.signal, profiled.signal) << profiled.err;
    EXPECT_NE(plain.signal, 0);
  }
}

TEST(GoogleTestBadDays, ATestThatExitsIsSaved) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"EXITING", "1"}};
  const ProgramResult result =
      RunIn(folder, "gtest_main_test",
            {"--cpuprofile=cpu.prof", "--gtest_filter=Failure.*"}, options);
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_EQ(EntriesIn(folder).size(), 3u);
  for (const auto& entry : EntriesIn(folder)) {
    EXPECT_EQ(entry["complete"], entry["name"] != "Failure.Exit") << entry;
    EXPECT_NEAR(entry["profiled_cpu_seconds"].Number(), 0.05, 2 * kTick);
  }
}

TEST(GoogleTestBadDays, ShardsShareAFolderAtTheSameTime) {
  const TemporaryFolder folder;
  std::set<std::string> names;
  std::vector<std::thread> shards;
  for (int shard = 0; shard < 3; ++shard) {
    shards.emplace_back([&folder, shard] {
      ProgramOptions options;
      options.environment = {{"GTEST_TOTAL_SHARDS", "3"},
                             {"GTEST_SHARD_INDEX", std::to_string(shard)}};
      const ProgramResult result =
          RunIn(folder, "gtest_main_test",
                {"--cpuprofile=cpu.prof", "--outputdir=out",
                 "--gtest_filter=Failure.*:Outcome.*:Few/*"},
                options);
      EXPECT_EQ(result.exit_code, 0) << result.err;
    });
  }
  for (std::thread& shard : shards) shard.join();
  for (int shard = 0; shard < 3; ++shard) {
    const std::string file =
        "out/cpu-shard-" + std::to_string(shard) + "-of-3.prof";
    EXPECT_TRUE(ReadProfile(folder / file).valid);
    EXPECT_EQ(NamesIn(folder, file).size(), 2u);
    for (const std::string& name : NamesIn(folder, file)) {
      EXPECT_TRUE(names.insert(name).second) << name << " twice";
    }
  }
  EXPECT_EQ(names.size(), 6u);
}

TEST(GoogleTestBadDays, ListenersOfTheUserSeeAll) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "own_main_test",
            {"--cpuprofile", "cpu.prof", "--gtest_filter=Few/*"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(result.out, "2 started, 2 ended\n");
  EXPECT_EQ(EntriesIn(folder).size(), 2u);
}

TEST(GoogleTestBadDays, SignalHandlersReplacedAndRestored) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "gtest_bad_days",
            {"--cpuprofile=cpu.prof", "--gtest_filter=*ReplacedAndRestored*"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  ASSERT_EQ(NamesIn(folder).size(), 3u) << result.err;
  // The second half of its work, at least, is after a test has restored them.
  for (const auto& entry : EntriesIn(folder)) {
    EXPECT_GT(entry["profiled_cpu_seconds"].Number(), 0.15) << entry;
  }
}

// A user without any rights, in a folder that is his and in one that is not.
class Nobody : public testing::Test {
 protected:
  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "needs root to become nobody";
    if (Run({"--gtest_list_tests"}).exit_code != 0) {
      GTEST_SKIP() << "nobody may not run " << PROGRAMS;
    }
  }
  ProgramResult Run(const std::vector<std::string>& flags) const {
    ProgramOptions options;
    options.user = 65534;
    return RunIn(folder_, "gtest_bad_days", flags, options);
  }
  const TemporaryFolder folder_;
};

TEST_F(Nobody, HasProfilesOfEveryKind) {
  const ProgramResult result = Run(
      {"--cpuprofile=cpu.prof", "--memprofile=mem.prof", "--memprofilerate=1",
       "--gtest_filter=Short.Passes", "--profile_repeat_until=0.2"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_GT(EntryOf(folder_, "Short.Passes")["samples"].Number(), 10)
      << result.err;
  EXPECT_TRUE(ReadProfile(folder_ / "mem.prof.d/Short.Passes.prof").valid);
}

TEST_F(Nobody, IsToldThatAFolderCannotBeWritten) {
  using std::filesystem::perms;
  std::filesystem::permissions(folder_.path(), perms::owner_all |
                                                   perms::others_read |
                                                   perms::others_exec);
  const ProgramResult result =
      Run({"--cpuprofile=cpu.prof", "--gtest_filter=Short.Passes"});
  EXPECT_EQ(result.exit_code, 1) << result.out;
  EXPECT_EQ(result.out, "");
  EXPECT_NE(result.err.find("--cpuprofile: "), std::string::npos) << result.err;
}

TEST(GoogleTestBadDays, FiveThousandTests) {
  const TemporaryFolder folder;
  const std::vector<std::string> flags = {
      "--cpuprofile=cpu.prof", "--memprofile=mem.prof", "--gtest_filter=Many/*",
      "--gtest_brief=1"};
  ProgramOptions quarter;
  quarter.environment = {{"GTEST_TOTAL_SHARDS", "4"},
                         {"GTEST_SHARD_INDEX", "0"}};
  const ProgramResult small = RunIn(folder, "gtest_bad_days", flags, quarter);
  const ProgramResult result = RunIn(folder, "gtest_bad_days", flags);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  // Four times the tests take less than twice the memory.
  EXPECT_LT(result.peak_kib, 2 * small.peak_kib);
  EXPECT_NE(result.err.find("4998 more"), std::string::npos) << result.err;
  for (const char* profile : {"cpu.prof", "mem.prof"}) {
    size_t files = 0;
    DIR* directory = opendir((folder / (profile + std::string(".d"))).c_str());
    ASSERT_NE(directory, nullptr);
    while (const dirent* entry = readdir(directory)) {
      files += entry->d_name[0] == '.' ? 0 : 1;
    }
    closedir(directory);
    EXPECT_EQ(files, 5001u);
    EXPECT_EQ(NamesIn(folder, profile).size(), 5000u);
    EXPECT_TRUE(ReadProfile(folder /
                            (profile + std::string(".d/Many_Tests.Run_7.prof")))
                    .valid);
  }
}

}  // namespace
}  // namespace bench_profiler
