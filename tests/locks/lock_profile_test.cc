// Runs real programs with --blockprofile and --mutexprofile, and compares with
// what they are known to wait for.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/index_view.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"
#include "tests/support/run_in.h"

namespace bench_profiler {
namespace {

constexpr int64_t kMillisecond = 1'000'000;
constexpr int64_t kHeld = 5 * kMillisecond;

const std::vector<std::string> kFlags = {"--blockprofile=block.prof",
                                         "--mutexprofile=mutex.prof"};

auto In(const char* function) {
  return [function](const SampleView& sample) { return sample.Has(function); };
}

Json Entry(const TemporaryFolder& folder, const std::string& profile,
           const std::string& name) {
  for (const Json& entry : EntriesIn(folder, profile)) {
    if (entry["name"] == name) return entry;
  }
  return {};
}

ProfileView Of(const TemporaryFolder& folder, const std::string& profile,
               const std::string& name) {
  const Json entry = Entry(folder, profile, name);
  return entry.IsNull()
             ? ProfileView{}
             : ReadProfile(folder / (profile + ".d/" + entry["file"].Text()));
}

// What holds of any run of locks_bench with both profiles.
void ExpectKnownWaits(const TemporaryFolder& folder) {
  const std::string holds = "BM_Holds/iterations:10";
  ProfileView profile = Of(folder, "mutex.prof", holds);
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_EQ(profile.types, (std::vector<std::string>{"contentions/count",
                                                     "delay/nanoseconds"}));
  EXPECT_EQ(profile.default_type, "delay");
  EXPECT_EQ(profile.Sum("contentions", In("CulpritUnlock")), 10);
  EXPECT_GE(profile.Sum("delay", In("CulpritUnlock")), 10 * kHeld);
  // Of the whole charge, the culprit has nearly all.
  EXPECT_GE(profile.Sum("delay", In("CulpritUnlock")) * 100,
            profile.Sum("delay") * 99);
  EXPECT_EQ(profile.Sum("delay", In("Victim")), 0);
  const Json entry = Entry(folder, "mutex.prof", holds);
  EXPECT_EQ(entry["contentions/op"], 1.0);
  EXPECT_DOUBLE_EQ(entry["delay/op"].Number() * 10,
                   static_cast<double>(profile.Sum("delay")));

  profile = Of(folder, "block.prof", holds);
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_EQ(profile.Sum("contentions", In("Victim")), 10);
  EXPECT_GE(profile.Sum("delay", In("Victim")), 10 * kHeld);
  EXPECT_DOUBLE_EQ(Entry(folder, "block.prof", holds)["delay/op"].Number() * 10,
                   static_cast<double>(profile.Sum("delay")));

  for (const char* file : {"block.prof", "mutex.prof"}) {
    for (const char* name :
         {"BM_HoldsInPauses/iterations:10", "BM_Nothing/iterations:10"}) {
      EXPECT_EQ(Of(folder, file, name).Sum("delay"), 0) << file << name;
      EXPECT_EQ(Entry(folder, file, name)["delay/op"], 0.0) << file << name;
    }
    EXPECT_EQ(ReadProfile(folder / file)
                  .Sum("delay",
                       [](const SampleView& sample) {
                         return sample.Has("BM_Nothing");
                       }),
              0);
  }
  // The pauses are in the whole run, as such.
  EXPECT_GE(ReadProfile(folder / "mutex.prof")
                .Sum("delay",
                     [](const SampleView& sample) {
                       return sample.Has("BM_HoldsInPauses") &&
                              sample.Label("phase") == "paused" &&
                              sample.Label("benchmark") ==
                                  "BM_HoldsInPauses/iterations:10";
                     }),
            10 * kHeld);

  // Three of four threads held it while at least one other waited.
  profile =
      Of(folder, "mutex.prof", "BM_Threads/iterations:1/real_time/threads:4");
  EXPECT_GE(profile.Sum("delay", In("CulpritUnlock")), 3 * kHeld);
}

TEST(LockProfile, OfBenchmarks) {
  const TemporaryFolder folder;
  const ProgramResult result = RunIn(folder, "locks_bench", kFlags);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("mutex profile: mutex.prof, "), std::string::npos)
      << result.err;
  ExpectKnownWaits(folder);
}

TEST(LockProfile, OfAProgramThatWasNotBuiltForIt) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  std::vector<std::string> command = {LAUNCHER, "run"};
  command.insert(command.end(), kFlags.begin(), kFlags.end());
  command.insert(command.end(), {"--", PROGRAMS "/plain_locks_bench"});
  const ProgramResult result = RunProgram(command, options);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  ExpectKnownWaits(folder);
}

TEST(LockProfile, EachAlone) {
  for (const std::string& flag : kFlags) {
    const TemporaryFolder folder;
    const ProgramResult result =
        RunIn(folder, "locks_bench", {flag, "--benchmark_filter=BM_Holds/"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const bool is_block = flag == kFlags[0];
    const ProfileView profile =
        ReadProfile(folder / (is_block ? "block.prof" : "mutex.prof"));
    EXPECT_EQ(
        profile.Sum("contentions", In(is_block ? "Victim" : "CulpritUnlock")),
        10);
  }
}

// A wait of 5 ms is shorter than a rate of a minute, and then is hardly ever
// kept. If it is, it counts as a minute.
TEST(LockProfile, RatesTakeFewer) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "locks_bench",
            {"--blockprofile=block.prof", "--blockprofilerate=60000000000",
             "--mutexprofile=mutex.prof", "--mutexprofilefraction=1000000",
             "--benchmark_filter=BM_Holds/"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  for (const SampleView& sample : ReadProfile(folder / "block.prof").samples) {
    EXPECT_EQ(sample.values[1] % 60'000'000'000, 0);
  }
  for (const SampleView& sample : ReadProfile(folder / "mutex.prof").samples) {
    EXPECT_EQ(sample.values[0] % 1000000, 0);
  }
}

TEST(LockProfile, OfTests) {
  const TemporaryFolder folder;
  const ProgramResult result = RunIn(folder, "locks_gtest", kFlags);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const ProfileView profile =
      ReadProfile(folder / "mutex.prof.d/Locks.AreWaitedFor.prof");
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_EQ(profile.Sum("contentions"), 1);
  EXPECT_GE(profile.Sum("delay"), 20 * kMillisecond);
  EXPECT_EQ(ReadProfile(folder / "mutex.prof.d/Locks.AreNot.prof").Sum("delay"),
            0);
}

// Built with a sanitizer, by g++ or by clang++.
class LockProfileUnderASanitizer : public testing::TestWithParam<const char*> {
};

// A line says why there is no profile, and the program runs as ever.
TEST_P(LockProfileUnderASanitizer, IsLeftOut) {
  const std::string program = GetParam();
  if (!FileExists(PROGRAMS "/" + program)) {
    GTEST_SKIP() << "no clang++ with its sanitizers here";
  }
  for (const std::string flag : {"mutexprofile", "blockprofile"}) {
    const TemporaryFolder folder;
    const ProgramResult result =
        RunIn(folder, program, {"--" + flag + "=lock.prof"});
    EXPECT_EQ(result.exit_code, 1) << result.err;
    EXPECT_NE(result.err.find("--" + flag + ": not under a sanitizer"),
              std::string::npos)
        << result.err;
    // That is all that it says.
    EXPECT_EQ(result.err.find("bench_profiler: "),
              result.err.rfind("bench_profiler: "))
        << result.err;
    EXPECT_NE(result.out.find("BM_Threads"), std::string::npos) << result.out;
    EXPECT_FALSE(FileExists(folder / "lock.prof"));
  }
  const TemporaryFolder folder;
  const ProgramResult plain = RunIn(folder, program, {});
  EXPECT_EQ(plain.exit_code, 0) << plain.err;
}

INSTANTIATE_TEST_SUITE_P(
    Programs, LockProfileUnderASanitizer,
    testing::Values("address_locks_bench", "thread_locks_bench",
                    "clang_address_locks_bench", "clang_thread_locks_bench"),
    [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace bench_profiler
