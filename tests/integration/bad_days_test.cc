// A profiler must do no harm: the same results, exit codes and signals with and
// without it, whatever the benchmark does.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

const std::string kBench = PROGRAMS "/bad_days_bench";

ProgramResult RunDay(const TemporaryFolder& folder, const std::string& day,
                     const std::vector<std::string>& flags,
                     ProgramOptions options = {}) {
  options.directory = folder.path();
  options.environment.emplace_back("BAD_DAY", day);
  std::vector<std::string> arguments = {kBench};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  return RunProgram(arguments, options);
}

size_t LinesOfOurs(const std::string& text) {
  size_t count = 0;
  for (size_t at = text.find("bench_profiler: "); at != std::string::npos;
       at = text.find("bench_profiler: ", at + 1)) {
    ++count;
  }
  return count;
}

size_t FilesIn(const std::string& folder) {
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    (void)entry;
    ++count;
  }
  return count;
}

double CpuSeconds(const ProfileView& profile, const std::string& function) {
  return 1e-9 *
         static_cast<double>(profile.Sum("cpu", [&](const SampleView& sample) {
           return sample.Has(function);
         }));
}

// --- what a benchmark may do
// --------------------------------------------------

// Each day ends as it does without profiling, and the profile is whole.
class HarmlessDay : public testing::TestWithParam<const char*> {};

TEST_P(HarmlessDay, EndsAsWithoutProfiling) {
#ifdef __SANITIZE_ADDRESS__
  if (GetParam() == std::string("fork_threads")) {
    GTEST_SKIP() << "under AddressSanitizer such children hang by themselves: "
                    "another thread may hold a lock of its runtime";
  }
#endif
  const TemporaryFolder plain_folder;
  const ProgramResult plain = RunDay(plain_folder, GetParam(), {});
  for (const char* clock : {"thread", "task-clock"}) {
    const TemporaryFolder folder;
    const ProgramResult profiled = RunDay(
        folder, GetParam(),
        {"--cpuprofile=cpu.prof", std::string("--cpuprofileclock=") + clock});
    EXPECT_EQ(profiled.exit_code, plain.exit_code) << profiled.err;
    EXPECT_EQ(profiled.signal, plain.signal) << profiled.err;
    const ProfileView profile = ReadProfile(folder / "cpu.prof");
    ASSERT_TRUE(profile.valid) << profile.problem << profiled.err;
    // At least the first of the two halves of the loop, 50 ms of CPU, within
    // five ticks at the lowest CONFIG_HZ less one: a tick is 10 ms at most.
    EXPECT_GT(CpuSeconds(profile, "TimedWork"), 0.01) << profiled.err;
    EXPECT_TRUE(profile.HasComment("lost samples: 0"));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, HarmlessDay,
    testing::Values("nothing", "exit", "exit_badly", "quick_exit", "fork",
                    "fork_exec", "vfork", "system", "syscalls", "sigprof",
                    "errno", "deep", "altstack", "big_fork", "dlopen",
                    "fork_threads", "all_signals", "sigwait", "blocked",
                    "small_stacks", "close_all"),
    [](const auto& day) { return std::string(day.param); });

TEST(Abort, IsNotEaten) {
  for (const auto& [day, signal] :
       {std::pair<const char*, int>{"abort", SIGABRT},
        {"segfault", SIGSEGV},
        {"throw", SIGABRT}}) {
    const TemporaryFolder folder;
    const ProgramResult result = RunDay(folder, day, {"--cpuprofile=cpu.prof"});
    // A sanitizer turns the signal into an exit of its own.
    EXPECT_TRUE(result.signal == signal || result.exit_code > 0) << day;
    EXPECT_EQ(FilesIn(folder.path()), 0u) << day;
  }
}

TEST(ManyThreads, AllOfTheirCpuTimeIsThere) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunDay(folder, "many_threads", {"--cpuprofile=cpu.prof"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const ProfileView profile = ReadProfile(folder / "cpu.prof");
  // 10,000 threads of 0.5 ms each, most of which no tick ever meets. What the
  // kernel spends on making and ending them comes on top.
  double helpers =
      1e-9 *
      static_cast<double>(profile.Sum("cpu", [](const SampleView& sample) {
        return sample.Label("thread").empty() &&
               sample.Label("benchmark") == "BM_Awkward/iterations:1";
      }));
  EXPECT_GT(helpers, 0.9 * 5.0);
  // One thread in eight or more is met by a tick, N > 500 or so samples; nearly
  // all CPU time is booked to real stacks.
  EXPECT_GT(CpuSeconds(profile, "SpinFor"), 0.8 * helpers);
}

TEST(DeepRecursion, IsCutAtTheRootAndSaysSo) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunDay(folder, "deep", {"--cpuprofile=cpu.prof"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const ProfileView profile = ReadProfile(folder / "cpu.prof");
  EXPECT_GT(CpuSeconds(profile, "truncated"), 0.1);
  for (const SampleView& sample : profile.samples) {
    if (sample.Has("truncated")) {
      EXPECT_EQ(sample.functions.back(), "truncated");
      EXPECT_GT(sample.functions.size(), 128u);
    }
  }
}

// As when "make" runs meanwhile.
TEST(FileOfTheProgram, MayChangeWhileItRuns) {
  for (const char* day :
       {"delete_program", "replace_program", "rename_program"}) {
    const TemporaryFolder folder;
    std::filesystem::copy_file(kBench, folder / "bench");
    ProgramOptions options;
    options.directory = folder.path();
    options.environment = {{"BAD_DAY", day}};
    const ProgramResult result =
        RunProgram({folder / "bench", "--cpuprofile=cpu.prof"}, options);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    const ProfileView profile = ReadProfile(folder / "cpu.prof");
    EXPECT_GT(CpuSeconds(profile, "TimedWork"), 0.01) << day << result.err;
    EXPECT_EQ(result.err.find("no names"), std::string::npos) << result.err;
  }
}

// --- threads that cannot be sampled: said, and their CPU time is there
// ---------------------------------------------------------------

TEST(BlockedSignals, AreToldAndTheTimeIsThere) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunDay(folder, "blocked", {"--cpuprofile=cpu.prof"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_NE(result.err.find("3 threads were not sampled: the signal SIGSTKFLT "
                            "is blocked in them"),
            std::string::npos)
      << result.err;
  // Three threads of 0.2 s, less a timer period each.
  EXPECT_GT(CpuSeconds(ReadProfile(folder / "cpu.prof"),
                       "(threads that could not be sampled)"),
            0.59);
}

TEST(SmallStacks, OfTheProgramsOwnMemoryAreToldAndTheTimeIsThere) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunDay(folder, "small_stacks", {"--cpuprofile=cpu.prof"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_NE(result.err.find("2 threads were not sampled: too small a stack"),
            std::string::npos)
      << result.err;
  const ProfileView profile = ReadProfile(folder / "cpu.prof");
  EXPECT_GT(CpuSeconds(profile, "(threads that could not be sampled)"), 0.19);
  // Three sampled threads of 0.1 s, less a tick each, 10 ms at most.
  EXPECT_GT(CpuSeconds(profile, "UseStack"), 0.26);
}

TEST(ClosedDescriptors, OfPerfEventsAreTold) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunDay(folder, "close_all",
             {"--cpuprofile=cpu.prof", "--cpuprofileclock=task-clock"});
  EXPECT_EQ(result.exit_code, 0);
  if (result.err.find("using --cpuprofileclock=thread") != std::string::npos) {
    GTEST_SKIP() << "no perf_event here";
  }
  EXPECT_NE(result.err.find("1 thread was not sampled: the program closed"),
            std::string::npos)
      << result.err;
}

TEST(ShortThreads, HaveAFrameThatSaysSo) {
  const TemporaryFolder folder;
  RunDay(folder, "fork_threads", {"--cpuprofile=cpu.prof"});
  const ProfileView profile = ReadProfile(folder / "cpu.prof");
  for (const SampleView& sample : profile.samples) {
    if (sample.functions.front() != "(threads too short to be sampled)") {
      continue;
    }
    // The thread's function is its caller, if that has a name.
    for (size_t i = 1; i < sample.functions.size(); ++i) {
      EXPECT_NE(sample.functions[i][0], '[');
    }
  }
}

// --- signals that end the run
// ---------------------------------------------------

class Interrupt : public testing::TestWithParam<int> {};

TEST_P(Interrupt, SavesWhatWasSampledAndEndsByTheSignal) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.signal = GetParam();
  options.signal_after_ms = 1500;
  const ProgramResult result = RunProgram(
      {PROGRAMS "/attribution_bench", "--cpuprofile=" + (folder / "cpu.prof"),
       "--benchmark_min_time=60", "--benchmark_filter=Plain"},
      options);
  EXPECT_EQ(result.signal, GetParam()) << result.err;
  const ProfileView profile = ReadProfile(folder / "cpu.prof");
  ASSERT_TRUE(profile.valid) << profile.problem << result.err;
  EXPECT_TRUE(profile.HasComment("incomplete"));
  EXPECT_GT(CpuSeconds(profile, "TimedWork"), 0.3);
  EXPECT_TRUE(ReadProfile(folder / "cpu.prof.d/BM_Plain_1000.prof").valid);
}

INSTANTIATE_TEST_SUITE_P(All, Interrupt,
                         testing::Values(SIGINT, SIGTERM, SIGHUP));

// --- bad input: one line before the first benchmark, exit 1
// ---------------------

class BadFlags : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(BadFlags, AreToldBeforeTheFirstBenchmark) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "folder");
  const ProgramResult result = RunDay(folder, "nothing", GetParam());
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(LinesOfOurs(result.err), 1u) << result.err;
  EXPECT_EQ(result.out, "");
}

INSTANTIATE_TEST_SUITE_P(
    All, BadFlags,
    testing::Values(
        std::vector<std::string>{"--cpuprofile"},
        std::vector<std::string>{"--cpuprofile="},
        std::vector<std::string>{"--cpuprofile=cpu.prof", "--cpuprofilerate=0"},
        std::vector<std::string>{"--cpuprofile=cpu.prof",
                                 "--cpuprofilerate=-5"},
        std::vector<std::string>{"--cpuprofile=cpu.prof",
                                 "--cpuprofilerate=many"},
        std::vector<std::string>{"--cpuprofile=cpu.prof",
                                 "--cpuprofileclock=sundial"},
        std::vector<std::string>{"--cpuprofile=folder"},
        std::vector<std::string>{"--cpuprofile=/proc/no/cpu.prof"},
        std::vector<std::string>{"--cpuprofile=/dev/null/cpu.prof"}));

TEST(FullDisk, IsAnErrorAtTheEndAndTheBenchmarkRuns) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunDay(folder, "nothing", {"--cpuprofile=/dev/full"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("BM_After"), std::string::npos);
  EXPECT_NE(result.err.find("No space left on device"), std::string::npos)
      << result.err;
  // exit() from inside of a benchmark takes the same way.
  EXPECT_EQ(RunDay(folder, "exit", {"--cpuprofile=/dev/full"}).exit_code, 1);
  EXPECT_EQ(RunDay(folder, "exit_badly", {"--cpuprofile=/dev/full"}).exit_code,
            7);
}

TEST(FullDisk, SmallFileSystem) {
  const TemporaryFolder folder;
  if (mount("none", folder.path().c_str(), "tmpfs", 0, "size=8k") != 0) {
    GTEST_SKIP() << "no permission to mount a small file system";
  }
  const ProgramResult result =
      RunDay(folder, "nothing", {"--cpuprofile=cpu.prof"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("No space left on device"), std::string::npos)
      << result.err;
  umount(folder.path().c_str());
}

TEST(ReadOnlyFolder, IsToldBeforeTheFirstBenchmark) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root to become nobody";
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.path(),
                               std::filesystem::perms::owner_all |
                                   std::filesystem::perms::others_read |
                                   std::filesystem::perms::others_exec);
  constexpr unsigned kNobody = 65534;
  ProgramOptions options;
  options.user = kNobody;
  const ProgramResult result =
      RunDay(folder, "nothing", {"--cpuprofile=cpu.prof"}, options);
  if (result.exit_code == 126 || result.exit_code == 127) {
    GTEST_SKIP() << "nobody may not run " << kBench;
  }
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_EQ(LinesOfOurs(result.err), 1u) << result.err;
}

// --- surroundings
// ---------------------------------------------------------------

TEST(PendingSignals, NoTimerIsToldAndTheBenchmarkRuns) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root to become nobody";
  const TemporaryFolder folder;
  ProgramOptions options;
  options.max_pending_signals = 0;
  options.user = 65534;
  const ProgramResult result =
      RunDay(folder, "nothing", {"--cpuprofile=cpu.prof"}, options);
  if (result.exit_code == 126 || result.exit_code == 127) {
    GTEST_SKIP() << "nobody may not run " << kBench;
  }
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("ulimit -i"), std::string::npos) << result.err;
  EXPECT_NE(result.out.find("BM_After"), std::string::npos);
}

TEST(PendingSignals, EachThreadWithoutATimerIsToldOnce) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root to become nobody";
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  ProgramOptions options;
  options.user = 65534;
  const ProgramResult result =
      RunDay(folder, "no_timers", {"--cpuprofile=cpu.prof"}, options);
  if (result.exit_code == 126 || result.exit_code == 127) {
    GTEST_SKIP() << "nobody may not run " << kBench;
  }
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("4 threads were not sampled: no timer"),
            std::string::npos)
      << result.err;
}

TEST(Environment, VariablesDoWhatFlagsDo) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"BENCH_PROFILER_CPUPROFILE", "cpu.prof"},
                         {"BENCH_PROFILER_OUTPUTDIR", "new/folder"}};
  const ProgramResult result = RunDay(folder, "nothing", {}, options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(ReadProfile(folder / "new/folder/cpu.prof").valid);
  EXPECT_TRUE(FileExists(folder / "new/folder/cpu.prof.d/index.json"));
}

TEST(Printing, HelpListsTheFlagsAndNothingIsWritten) {
  for (const char* flag :
       {"--help", "--benchmark_list_tests", "--benchmark_list_tests=yes"}) {
    const TemporaryFolder folder;
    const ProgramResult result =
        RunDay(folder, "nothing", {"--cpuprofile=cpu.prof", flag});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(LinesOfOurs(result.err), 0u) << result.err;
    EXPECT_EQ(FilesIn(folder.path()), 0u);
  }
  const TemporaryFolder folder;
  const std::string help = RunDay(folder, "nothing", {"--help"}).out;
  EXPECT_NE(help.find("--benchmark_filter"), std::string::npos) << help;
  EXPECT_NE(help.find("--cpuprofilerate"), std::string::npos) << help;
}

TEST(Filter, ThatMatchesNothingGivesAValidProfile) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunDay(folder, "nothing",
             {"--cpuprofile=cpu.prof", "--benchmark_filter=no_such_thing"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(ReadProfile(folder / "cpu.prof").valid);
}

}  // namespace
}  // namespace bench_profiler
