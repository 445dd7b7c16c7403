// The same results, exit codes and signals with and without a heap profile,
// whatever the benchmark does with memory.
#include <gtest/gtest.h>
#include <signal.h>

#include <string>
#include <vector>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

ProgramResult RunDay(const TemporaryFolder& folder, const std::string& day,
                     const std::vector<std::string>& flags,
                     ProgramOptions options = {}) {
  options.directory = folder.path();
  options.environment.emplace_back("BAD_DAY", day);
  std::vector<std::string> arguments = {PROGRAMS "/heap_bad_days_bench"};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  return RunProgram(arguments, options);
}

const std::vector<std::string> kEverything = {
    "--memprofile=mem.prof", "--memprofilerate=1", "--benchmem"};

int64_t Churned(const ProfileView& profile, const char* type) {
  return profile.Sum(
      type, [](const SampleView& sample) { return sample.Has("Churn"); });
}

class HarmlessHeapDay : public testing::TestWithParam<const char*> {};

TEST_P(HarmlessHeapDay, EndsAsWithoutProfilingAndTheProfileIsWhole) {
  const TemporaryFolder folder;
  const ProgramResult plain = RunDay(folder, GetParam(), {});
  ASSERT_NE(plain.exit_code, 20) << plain.err;
  for (const std::vector<std::string>& flags :
       {kEverything, std::vector<std::string>{"--memprofile=mem.prof"}}) {
    const TemporaryFolder profiled_folder;
    const ProgramResult result = RunDay(profiled_folder, GetParam(), flags);
    EXPECT_EQ(result.exit_code, plain.exit_code) << result.err;
    EXPECT_EQ(result.signal, plain.signal) << result.err;
    const ProfileView profile = ReadProfile(profiled_folder / "mem.prof");
    ASSERT_TRUE(profile.valid) << profile.problem;
    const bool samples_everything = flags.size() > 1;
    // A thread's first sample needs memory of its own: if that comes when there
    // is none, the sample is lost, and counted.
    if (samples_everything || std::string(GetParam()) != "out_of_memory") {
      EXPECT_TRUE(profile.HasComment("lost samples: 0"));
    }
    if (samples_everything) {
      EXPECT_GE(Churned(profile, "alloc_objects"), 1000);
      EXPECT_EQ(Churned(profile, "inuse_objects"), 0);
    }
    for (const SampleView& sample : profile.samples) {
      for (const int64_t value : sample.values) EXPECT_GE(value, 0);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Days, HarmlessHeapDay,
                         testing::Values("nothing", "out_of_memory",
                                         "many_threads", "fork", "early_blocks",
                                         "destructors", "exit", "quick_exit",
                                         "longjmp", "small_stack",
                                         "two_threads"));

TEST(HeapBadDays, WhatCannotBeAllocatedIsNotInTheProfile) {
  const TemporaryFolder folder;
  ASSERT_EQ(RunDay(folder, "out_of_memory", kEverything).exit_code, 0);
  const ProfileView profile = ReadProfile(folder / "mem.prof");
  ASSERT_TRUE(profile.valid) << profile.problem;
  for (const SampleView& sample : profile.samples) {
    EXPECT_LT(std::stoull(sample.Label("bytes")), 100u << 20);
  }
}

TEST(HeapBadDays, SignalHandlerMayAllocateAsFarAsTheAllocatorLetsIt) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {
      {"LD_PRELOAD", PROGRAMS "/libsignal_safe_allocator.so"}};
  const ProgramResult result =
      RunDay(folder, "signal_handler", kEverything, options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const ProfileView profile = ReadProfile(folder / "mem.prof");
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_GT(Churned(profile, "alloc_objects"), 2000);
}

TEST(HeapBadDays, MallocTellsTheSameOfItself) {
  const TemporaryFolder folder;
  const auto told = [&folder](const std::vector<std::string>& flags) {
    const std::string out = RunDay(folder, "introspection", flags).out;
    // The rest has times in it.
    return out.substr(0, out.rfind("more\n"));
  };
  const std::string plain = told({});
  EXPECT_NE(plain.find("in use"), std::string::npos) << plain;
  EXPECT_EQ(told(kEverything), plain);
  EXPECT_EQ(told({"--memprofile=mem.prof"}), plain);
}

TEST(HeapBadDays, CpuAndHeapProfileAtOnce) {
  const TemporaryFolder folder;
  std::vector<std::string> flags = kEverything;
  flags.insert(flags.end(),
               {"--cpuprofile=cpu.prof", "--cpuprofilerate=10000"});
  const ProgramResult result = RunDay(folder, "two_threads", flags);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const ProfileView cpu = ReadProfile(folder / "cpu.prof");
  const ProfileView heap = ReadProfile(folder / "mem.prof");
  ASSERT_TRUE(cpu.valid) << cpu.problem;
  ASSERT_TRUE(heap.valid) << heap.problem;
  EXPECT_GT(cpu.Sum("cpu"), 0);
  EXPECT_EQ(Churned(heap, "alloc_objects"), 4002 * 1000);
  EXPECT_NE(result.out.find("allocs/op=4"), std::string::npos) << result.out;
}

TEST(HeapBadDays, BadRatesAreToldBeforeTheRun) {
  for (const char* rate : {"0", "-1", "many", "99999999999999999999"}) {
    const TemporaryFolder folder;
    const ProgramResult result = RunDay(
        folder, "nothing",
        {"--memprofile=mem.prof", std::string("--memprofilerate=") + rate});
    EXPECT_EQ(result.exit_code, 1) << rate;
    EXPECT_NE(result.err.find("--memprofilerate"), std::string::npos)
        << result.err;
    EXPECT_EQ(result.out, "") << rate;
  }
  const TemporaryFolder folder;
  const ProgramResult result =
      RunDay(folder, "nothing", {"--benchmem=perhaps"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("--benchmem"), std::string::npos) << result.err;
}

TEST(HeapBadDays, InterruptedRunHasWhatWasSampled) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.signal = SIGINT;
  // The 10 000 threads take half a second; on a quick machine it may be over
  // before the first of these times.
  ProgramResult result;
  for (int milliseconds : {200, 100, 50}) {
    options.signal_after_ms = milliseconds;
    result = RunDay(folder, "many_threads", kEverything, options);
    if (result.signal != 0) break;
  }
  ASSERT_EQ(result.signal, SIGINT) << result.err;
  const ProfileView profile = ReadProfile(folder / "mem.prof");
  ASSERT_TRUE(profile.valid) << profile.problem;
  EXPECT_GT(profile.Sum("alloc_objects"), 0);
}

}  // namespace
}  // namespace bench_profiler
