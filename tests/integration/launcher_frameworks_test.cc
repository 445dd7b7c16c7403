// What bench_profiler run finds out about programs that were not built for it,
// with and without a framework, and about those that they start.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/index_view.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

const std::string kPrograms = PROGRAMS;
const std::string kOrdinary = kPrograms + "/ordinary";

// Accuracy is for other tests. Nearly nothing, or much more than there was, is
// another matter.
void ExpectAbout(double seconds, double expected) {
  EXPECT_GT(seconds, 0.5 * expected);
  EXPECT_LT(seconds, 1.5 * expected);
}

ProgramResult Profile(const TemporaryFolder& folder,
                      std::vector<std::string> arguments,
                      ProgramOptions options = {}) {
  options.directory = folder.path();
  // Does not depend on the kernel's ticks, which a busy machine spreads
  // unevenly.
  arguments.insert(arguments.begin(),
                   {LAUNCHER, "run", "--cpuprofileclock=task-clock"});
  return RunProgram(arguments, options);
}

double Seconds(const ProfileView& profile, const std::string& function,
               const std::string& label = "", const std::string& value = "") {
  return static_cast<double>(profile.Sum(
             "cpu",
             [&](const SampleView& sample) {
               return sample.Has(function) &&
                      (label.empty() || sample.Label(label) == value);
             })) *
         1e-9;
}

bool Says(const ProgramResult& result, const std::string& part) {
  return result.err.find(part) != std::string::npos;
}

constexpr char kRelink[] = "bench_profiler_enable";

TEST(LauncherOrdinary, TheWholeRunWithThreads) {
  const TemporaryFolder folder;
  const ProgramResult result = Profile(
      folder,
      {"--", kOrdinary, "work", "0.3", "thread-work", "0.2", "_exit", "0"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_FALSE(Says(result, "no benchmark")) << result.err;
  EXPECT_FALSE(Says(result, kRelink)) << result.err;
  const ProfileView profile = ReadProfile(folder / "cpu.prof");
  ASSERT_TRUE(profile.valid) << profile.problem;
  ExpectAbout(Seconds(profile, "OrdinaryWork"), 0.3);
  ExpectAbout(Seconds(profile, "ThreadWork"), 0.2);
  // Nothing of the profiler is on a stack.
  EXPECT_EQ(Seconds(profile, "RunMain"), 0);
}

TEST(LauncherOrdinary, AProgramOfTheSystem) {
  const TemporaryFolder folder;
  std::ofstream(folder / "zeros") << std::string(1000, '\0');
  const ProgramResult result = Profile(
      folder,
      {"--memprofile=mem.prof", "--memprofilerate=1", "--", "gzip", "zeros"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(FileExists(folder / "zeros.gz"));
  EXPECT_TRUE(ReadProfile(folder / "mem.prof").valid);
}

TEST(LauncherShared, AllocationsTellThatThePhasesAreRight) {
  const TemporaryFolder folder;
  const ProgramResult result = Profile(
      folder, {"--benchmem", "-memprofile", "mem.prof", "--memprofilerate=1",
               "--", kPrograms + "/plain_matrix_bench"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  // Two of 100 bytes in each timed part, three in each paused one.
  EXPECT_NE(result.out.find("B/op=200 allocs/op=2"), std::string::npos)
      << result.out;
  const Json entries = EntriesIn(folder, "mem.prof");
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0]["name"], "BM_Own/n:3/iterations:60");
  EXPECT_EQ(entries[0]["samples"], 120);
}

TEST(LauncherShared, CpuProfilesOfEachBenchmark) {
  const TemporaryFolder folder;
  const ProgramResult result =
      Profile(folder, {"--cpuprofile=cpu.prof", "--outputdir=out", "--",
                       kPrograms + "/plain_bench", "--benchmark_min_time=0.2",
                       "--benchmark_filter=BM_(Plain/1000|Paused|Threads)"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const Json entries = EntriesIn(folder, "out/cpu.prof");
  ASSERT_EQ(entries.size(), 4u);
  for (const auto& entry : entries) {
    const ProfileView profile =
        ReadProfile(folder / ("out/cpu.prof.d/" + entry["file"].Text()));
    ASSERT_TRUE(profile.valid) << profile.problem;
    // All of it but what is on the way in and out of the loop.
    EXPECT_GT(Seconds(profile, "TimedWork"), 0.9 * Seconds(profile, ""));
    EXPECT_EQ(Seconds(profile, "SetupWork"), 0);
    EXPECT_EQ(Seconds(profile, "PausedWork"), 0);
  }
  const ProfileView whole = ReadProfile(folder / "out/cpu.prof");
  EXPECT_GT(Seconds(whole, "PausedWork", "phase", "paused"), 0);
  EXPECT_GT(Seconds(whole, "SetupWork"), 0);
  EXPECT_EQ(Seconds(whole, "SetupWork", "phase", "timed"), 0);
}

TEST(LauncherShared, GoogleTest) {
  const std::string program = kPrograms + "/plain_shared_test";
  if (!FileExists(program)) GTEST_SKIP() << "no sources of GoogleTest here";
  const TemporaryFolder folder;
  const ProgramResult result =
      Profile(folder, {"--", program, "--gtest_filter=Phases.*"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const ProfileView file = ReadProfile(folder / "cpu.prof.d/Phases.All.prof");
  ASSERT_TRUE(file.valid) << file.problem << result.err;
  ExpectAbout(Seconds(file, "BodyWork", "phase", "body"), 0.4);
  ExpectAbout(Seconds(file, "SetupWork", "phase", "setup"), 0.2);
}

TEST(LauncherUnknown, TheWholeRunAndOneLine) {
  const struct {
    const char* program;
    const char* work;
    double seconds;
    const char* label;  // that its stacks tell
    const char* value;
    const char* line;
  } programs[] = {
      {"plain_static", "OrdinaryWork", 0.3, "benchmark", "BM_Work",
       "Google Benchmark is linked statically"},
      {"plain_9_9_9", "OrdinaryWork", 0.3, "benchmark", "BM_Work",
       "has Google Benchmark 9.9.9, and"},
      {"plain_unknown", "OrdinaryWork", 0.3, "benchmark", "BM_Work",
       "has Google Benchmark of an unknown version, and"},
      {"plain_other_library", "OrdinaryWork", 0.3, "benchmark", "BM_Work",
       "built with another standard library than bench_profiler"},
      {"plain_static_test", "BodyWork", 0.4, "test", "Phases.All",
       "GoogleTest is linked statically"},
  };
  for (const auto& program : programs) {
    const TemporaryFolder folder;
    const ProgramResult result = Profile(
        folder,
        {"--", kPrograms + "/" + program.program, "--gtest_filter=Phases.*"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_TRUE(Says(result, program.line)) << result.err;
    EXPECT_TRUE(Says(result, kRelink)) << result.err;
    const ProfileView profile = ReadProfile(folder / "cpu.prof");
    SCOPED_TRACE(program.program + (" " + profile.problem));
    ExpectAbout(Seconds(profile, program.work), program.seconds);
    EXPECT_EQ(Seconds(profile, program.work, program.label, program.value),
              Seconds(profile, program.work));
    EXPECT_TRUE(profile.HasComment(program.line)) << program.program;
    EXPECT_EQ(EntriesIn(folder, "cpu.prof").size(), 0u);
  }
}

TEST(LauncherUnknown, ShardsKeepApart) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"GTEST_TOTAL_SHARDS", "2"},
                         {"GTEST_SHARD_INDEX", "1"}};
  EXPECT_EQ(Profile(folder,
                    {"--", kPrograms + "/plain_static_test",
                     "--gtest_filter=Phases.*"},
                    options)
                .exit_code,
            0);
  EXPECT_TRUE(FileExists(folder / "cpu-shard-1-of-2.prof"));
}

TEST(LauncherEnabled, WorksByItself) {
  const TemporaryFolder folder;
  const ProgramResult result =
      Profile(folder, {"--memprofile=mem.prof", "--memprofilerate=1", "--",
                       kPrograms + "/attribution_bench",
                       "--benchmark_filter=Plain/1000", "--benchmem",
                       "--cpuprofile=own.prof", "--benchmark_min_time=0.05"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("allocs/op"), std::string::npos) << result.out;
  for (const char* file : {"own.prof", "mem.prof"}) {
    EXPECT_EQ(EntriesIn(folder, file).size(), 1u) << file;
  }
}

// The files of children are called cpu-NAME-PID.prof.
ProfileView ProfileOfChild(const TemporaryFolder& folder,
                           const std::string& start) {
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    const std::string name = entry.path().filename();
    if (name.find(start) == 0 && entry.path().extension() == ".prof") {
      return ReadProfile(entry.path());
    }
  }
  return {};
}

TEST(LauncherFollow, EachChildHasFilesOfItsOwn) {
  const TemporaryFolder folder;
  const ProgramResult result = Profile(
      folder, {"--follow-children", "--", kOrdinary, "work", "0.2", "shell",
               kOrdinary + " work 0.3; cd /; " + kPrograms +
                   "/plain_bench --benchmark_filter=Plain/1000"
                   " --benchmark_min_time=0.1 2>&1; exit 3"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("BM_Plain/1000"), std::string::npos);
  EXPECT_NE(result.out.find("\n768\n"), std::string::npos) << result.out;
  // Whoever reads a child's output finds nothing of ours in it.
  EXPECT_EQ(result.out.find("bench_profiler:"), std::string::npos)
      << result.out;
  ExpectAbout(Seconds(ReadProfile(folder / "cpu.prof"), "OrdinaryWork"), 0.2);
  ExpectAbout(Seconds(ProfileOfChild(folder, "cpu-ordinary-"), "OrdinaryWork"),
              0.3);
  const ProfileView bench = ProfileOfChild(folder, "cpu-plain-bench-");
  EXPECT_GT(Seconds(bench, "TimedWork", "benchmark", "BM_Plain/1000"), 0.05);
}

TEST(LauncherFollow, AChildThatCannotBeProfiledRunsAsAlways) {
  const TemporaryFolder folder;
  const ProgramResult result = Profile(
      folder, {"--follow-children", "--", kOrdinary, "shell",
               "BENCH_PROFILER_OUTPUTDIR=/proc/x " + kOrdinary + " say hello"});
  EXPECT_EQ(result.out, "hello\n0\n");
  EXPECT_TRUE(Says(result, "--cpuprofile: ")) << result.err;
}

TEST(LauncherFollow, ChildrenUnderASanitizerStart) {
  const TemporaryFolder folder;
  const ProgramResult result = Profile(
      folder, {"--follow-children", "--", kOrdinary, "child",
               kPrograms + "/ordinary_address", "say", "hello", "return", "7"});
  EXPECT_EQ(result.exit_code, 7) << result.err;
  EXPECT_EQ(result.out, "hello\n");
}

TEST(LauncherFollow, WhatTakesTheProgramsPlaceIsProfiled) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{kOrdinary, "execute", kOrdinary, "work",
                                 "0.3"},
        {kOrdinary, "execute-work", "0.3"},
        {"env", "-i", kOrdinary, "work", "0.3"},
        {"sh", "-c", "exec " + kOrdinary + " work 0.3"},
        {"./script", "work", "0.3"}}) {
    const TemporaryFolder folder;
    std::ofstream(folder / "script")
        << "#!/usr/bin/env sh\nexec " + kOrdinary + " \"$@\"\n";
    std::filesystem::permissions(folder / "script",
                                 std::filesystem::perms(0755));
    std::vector<std::string> arguments = {"--"};
    arguments.insert(arguments.end(), command.begin(), command.end());
    const ProgramResult result = Profile(folder, arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    SCOPED_TRACE(command[0] + ": " + result.err);
    ExpectAbout(Seconds(ReadProfile(folder / "cpu.prof"), "OrdinaryWork"), 0.3);
  }
}

}  // namespace
}  // namespace bench_profiler
