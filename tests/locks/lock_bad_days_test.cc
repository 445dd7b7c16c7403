// The same results with and without profiles, whatever a program does with
// locks.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

const std::vector<std::string> kLocks = {"--blockprofile=block.prof",
                                         "--mutexprofile=mutex.prof"};
const std::vector<std::string> kEverything = {
    "--cpuprofile=cpu.prof", "--memprofile=mem.prof", "--memprofilerate=4096",
    kLocks[0], kLocks[1]};

ProgramResult RunDay(const TemporaryFolder& folder, const char* program,
                     const std::vector<std::string>& flags,
                     const std::vector<std::string>& day,
                     ProgramOptions options = {}) {
  options.directory = folder.path();
  options.environment.emplace_back("LOCKING_LIBRARY", LOCKING_LIBRARY);
  std::vector<std::string> command = {std::string(PROGRAMS "/") + program};
  command.insert(command.end(), flags.begin(), flags.end());
  command.insert(command.end(), day.begin(), day.end());
  return RunProgram(command, options);
}

// No wait is negative, or longer than the program can have waited.
void ExpectSane(const std::string& path) {
  const ProfileView profile = ReadProfile(path);
  ASSERT_TRUE(profile.valid) << profile.problem;
  constexpr int64_t kHour = int64_t{3'600'000'000'000};
  for (const SampleView& sample : profile.samples) {
    EXPECT_GE(sample.values[0], 0);
    EXPECT_GE(sample.values[1], 0);
    EXPECT_LT(sample.values[1], kHour);
  }
  EXPECT_TRUE(profile.HasComment("lost samples: 0"));
}

class LockDay : public testing::TestWithParam<const char*> {};

TEST_P(LockDay, EndsAsWithoutProfiles) {
  const TemporaryFolder folder;
  const ProgramResult plain = RunDay(folder, "lock_bad_days", {}, {GetParam()});
  ASSERT_EQ(plain.exit_code, 0) << plain.err;
  for (const auto& flags : {kLocks, kEverything, std::vector{kLocks[1]}}) {
    const TemporaryFolder profiled;
    const ProgramResult result =
        RunDay(profiled, "lock_bad_days", flags, {GetParam()});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.signal, 0) << result.err;
    ExpectSane(profiled / "mutex.prof");
    if (flags.size() > 1) ExpectSane(profiled / "block.prof");
  }
}

INSTANTIATE_TEST_SUITE_P(, LockDay,
                         testing::Values("robust", "kinds",
                                         "shared_by_processes",
                                         "destroyed_by_the_waiter", "cancel",
                                         "exit_in_wait", "lock_in_handler",
                                         "many_locks", "many_threads", "fork",
                                         "lock_while_loading", "small_fiber"),
                         [](const testing::TestParamInfo<const char*>& day) {
                           return std::string(day.param);
                         });

TEST(LockDays, LibstdcxxMayBeStatic) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunDay(folder, "lock_bad_days_static", kEverything, {"kinds"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  ExpectSane(folder / "mutex.prof");
}

// Locks that allocate, and allocators that lock, with all profiles at once.
TEST(LockDays, AllocatorsThatLock) {
  for (const char* allocator :
       {"", "libjemalloc.so.2", "libtcmalloc_minimal.so.4",
        "libmimalloc.so.2.0"}) {
    const TemporaryFolder folder;
    ProgramOptions options;
    if (allocator[0] != '\0') {
      options.environment.emplace_back("LD_PRELOAD", allocator);
    }
    const ProgramResult result = RunDay(folder, "lock_bad_days", kEverything,
                                        {"allocate", "1"}, options);
    if (result.err.find("cannot be preloaded") != std::string::npos) continue;
    EXPECT_EQ(result.exit_code, 0) << allocator << result.err;
    ExpectSane(folder / "mutex.prof");
    ExpectSane(folder / "block.prof");
  }
}

}  // namespace
}  // namespace bench_profiler
