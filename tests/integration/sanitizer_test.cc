// A user's programs under sanitizers, with an ordinary build of the profiler.
#include <gtest/gtest.h>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

ProgramResult Profile(const std::string& program,
                      const TemporaryFolder& folder) {
  ProgramOptions options;
  options.directory = folder.path();
  return RunProgram({PROGRAMS "/" + program, "--cpuprofile=cpu.prof",
                     "--benchmark_min_time=0.1", "--benchmark_filter=Plain"},
                    options);
}

TEST(AddressSanitizer, ProgramIsProfiledAsAnyOther) {
  const TemporaryFolder folder;
  const ProgramResult result = Profile("address_sanitizer_bench", folder);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const ProfileView profile = ReadProfile(folder / "cpu.prof");
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_GT(profile.Sum("cpu",
                        [](const SampleView& sample) {
                          return sample.Has("TimedWork") && sample.Has("main");
                        }),
            0);
}

TEST(ThreadSanitizer, ProgramRunsAndALineSaysWhyThereIsNoProfile) {
  const TemporaryFolder folder;
  const ProgramResult result = Profile("thread_sanitizer_bench", folder);
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(result.err.find("ThreadSanitizer"), std::string::npos)
      << result.err;
  EXPECT_NE(result.out.find("BM_Plain/1000"), std::string::npos) << result.out;
  EXPECT_FALSE(FileExists(folder / "cpu.prof"));
}

}  // namespace
}  // namespace bench_profiler
