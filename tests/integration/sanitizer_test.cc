// A user's programs under sanitizers, with an ordinary build of the profiler.
#include <gtest/gtest.h>

#include "tests/support/json.h"
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

ProgramResult ProfileHeap(const std::string& program,
                          const TemporaryFolder& folder) {
  ProgramOptions options;
  options.directory = folder.path();
  return RunProgram(
      {PROGRAMS "/" + program, "--memprofile=mem.prof", "--memprofilerate=1",
       "--benchmem", "--benchmark_min_time=0.01", "--benchmark_format=json",
       "--benchmark_filter=Known|Keeps"},
      options);
}

void ExpectKnownAllocations(const ProgramResult& result,
                            const TemporaryFolder& folder) {
  const Json run = Json::Parse(result.out)["benchmarks"][0];
  EXPECT_EQ(run["allocs/op"], 3.0);
  EXPECT_EQ(run["B/op"], 300.0);
  const ProfileView profile = ReadProfile(folder / "mem.prof.d/BM_Known.prof");
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_EQ(profile.Sum("alloc_objects",
                        [](const SampleView& sample) {
                          return sample.Has("TimedMalloc") &&
                                 sample.Has("main");
                        }),
            3 * static_cast<int64_t>(run["iterations"].Number()));
  EXPECT_EQ(profile.Sum("inuse_objects"), 0);
  EXPECT_NE(result.err.find("heap profile"), std::string::npos) << result.err;
}

TEST(AddressSanitizer, HeapIsProfiledAndLeaksAreStillReported) {
  const TemporaryFolder folder;
  const ProgramResult result =
      ProfileHeap("address_sanitizer_heap_bench", folder);
  ExpectKnownAllocations(result, folder);
  EXPECT_NE(result.err.find("LeakSanitizer: detected memory leaks"),
            std::string::npos)
      << result.err;
  EXPECT_EQ(result.exit_code, 1);  // the sanitizer's
}

TEST(ThreadSanitizer, HeapIsProfiled) {
  const TemporaryFolder folder;
  const ProgramResult result =
      ProfileHeap("thread_sanitizer_heap_bench", folder);
  ExpectKnownAllocations(result, folder);
  EXPECT_EQ(result.exit_code, 0) << result.err;
}

// Its runtime has hooks for allocations, too, but never calls them.
TEST(UndefinedBehaviorSanitizer, HeapIsProfiled) {
  const TemporaryFolder folder;
  const ProgramResult result =
      ProfileHeap("undefined_sanitizer_heap_bench", folder);
  ExpectKnownAllocations(result, folder);
  EXPECT_EQ(result.exit_code, 0) << result.err;
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
