// Heap profiles of programs with allocators of their own.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/json.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"
#include "tests/support/run_in.h"

namespace bench_profiler {
namespace {

class Allocator : public testing::TestWithParam<const char*> {};

TEST_P(Allocator, SharedIsObserved) {
  const std::string program = std::string("heap_bench_") + GetParam() + "_so";
  if (!FileExists(PROGRAMS "/" + program)) {
    GTEST_SKIP() << GetParam() << " is not here";
  }
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, program,
            {"--memprofile=mem.prof", "--memprofilerate=1", "--benchmem",
             "--benchmark_filter=EveryForm", "--benchmark_format=json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json run = Json::Parse(result.out)["benchmarks"][0];
  EXPECT_EQ(run["allocs/op"], 21.0);
  EXPECT_EQ(run["B/op"], 21000.0);
  const ProfileView profile =
      ReadProfile(folder / "mem.prof.d/BM_EveryForm_iterations_100.prof");
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_EQ(profile.Sum("alloc_objects"), 2100);
  EXPECT_EQ(profile.Sum("inuse_objects"), 0);
}

TEST_P(Allocator, StaticOneStaysAndALineSaysThatItCannotBeSeen) {
  const std::string program = std::string("heap_bench_") + GetParam() + "_a";
  if (!FileExists(PROGRAMS "/" + program)) {
    GTEST_SKIP() << GetParam() << " is not here";
  }
  for (const char* flag : {"--memprofile=mem.prof", "--benchmem"}) {
    const TemporaryFolder folder;
    const ProgramResult result =
        RunIn(folder, program, {flag, "--benchmark_filter=EveryForm"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_NE(result.err.find("linked statically"), std::string::npos)
        << result.err;
    EXPECT_NE(result.out.find("BM_EveryForm"), std::string::npos) << result.out;
    EXPECT_EQ(result.out.find("allocs/op"), std::string::npos) << result.out;
    EXPECT_FALSE(FileExists(folder / "mem.prof"));
  }
}

// As above, in a program without a framework, by pprof.h.
TEST_P(Allocator, OfAPlainProgramIsObservedOrItsErrorSaysThatItCannotBeSeen) {
  for (const bool is_static : {false, true}) {
    const std::string tool =
        std::string("tool_") + GetParam() + (is_static ? "_a" : "_so");
    if (!FileExists(PROGRAMS "/" + tool)) continue;
    const TemporaryFolder folder;
    const ProgramResult result = RunIn(folder, tool, {});
    EXPECT_EQ(result.exit_code, is_static ? 1 : 0) << result.err;
    EXPECT_EQ(result.err.find("linked statically") != std::string::npos,
              is_static)
        << result.err;
    EXPECT_TRUE(FileExists(folder / "tool_cpu.prof"));
    if (is_static) continue;
    const ProfileView profile = ReadProfile(folder / "tool_mem.prof");
    ASSERT_TRUE(profile.valid) << profile.problem;
    EXPECT_GT(profile.Sum("inuse_space"), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Allocator,
                         testing::Values("jemalloc", "tcmalloc_minimal",
                                         "mimalloc"));

// Loaded in front of the program, which was linked without it.
TEST(Preload, IsObserved) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"LD_PRELOAD", "libjemalloc.so.2"}};
  const ProgramResult result = RunIn(
      folder, "heap_bench",
      {"--benchmem", "--benchmark_filter=EveryForm", "--benchmark_format=json"},
      options);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(Json::Parse(result.out)["benchmarks"][0]["allocs/op"], 21.0);
}

}  // namespace
}  // namespace bench_profiler
