// Whole programs: plain ones, enabled ones, and preloaded ones.
#include <csignal>
#include <cstdlib>
#include <map>
#include <set>

#include "tests/pprof/api_fixture.h"
#include "tests/support/run_in.h"

namespace bench_profiler {
namespace {

class PprofPrograms : public ApiTest {
 protected:
  ProgramResult Run(const std::string& program,
                    const std::vector<std::string>& arguments,
                    const ProgramOptions& options = {}) {
    return RunIn(folder_, program, arguments, options);
  }

  double Cpu(const std::string& file, const std::string& function) {
    const ProfileView profile = ReadProfile(folder_ / file);
    EXPECT_TRUE(profile.valid) << profile.problem;
    return 1e-9 * static_cast<double>(
                      profile.Sum("cpu", [&](const SampleView& sample) {
                        return sample.Has(function);
                      }));
  }

  int64_t Heap(const std::string& file) {
    const ProfileView profile = ReadProfile(folder_ / file);
    EXPECT_TRUE(profile.valid) << profile.problem;
    return profile.Sum("inuse_space", [](const SampleView& sample) {
      return sample.Has("Allocate");
    });
  }
};

TEST_F(PprofPrograms, TheToolOfTheArticle) {
  const ProgramResult result = Run("pprof_tool", {"both", "cpu.pprof", "heap"});
  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_EQ(result.out + result.err, "");
  EXPECT_NEAR(Cpu("cpu.pprof", "Inside"), 0.3, 0.1);
  EXPECT_EQ(Cpu("cpu.pprof", "Outside"), 0);
  EXPECT_GT(Heap("heap"), 32 << 20);
}

TEST_F(PprofPrograms, ASignalMayComeWhileOtherThreadsWriteProfiles) {
  ProgramOptions options;
  options.timeout_seconds = 30;  // what hangs is given up after a minute
  for (int milliseconds = 0; milliseconds < 100; milliseconds += 10) {
    const ProgramResult result =
        Run("pprof_enabled",
            {"ends-exporting", std::to_string(milliseconds),
             "--cpuprofile=cpu.pprof", "--memprofile=heap"},
            options);
    EXPECT_EQ(result.signal, SIGTERM) << result.err;
    EXPECT_EQ(result.out, "");
    for (const char* file : {"cpu.pprof", "heap"}) {
      const ProfileView profile = ReadProfile(folder_ / file);
      EXPECT_TRUE(profile.valid) << profile.problem << result.err;
    }
  }
}

TEST_F(PprofPrograms, AProfileThatNobodyStopsIsWrittenAtTheEnd) {
  const ProgramResult result = Run("pprof_tool", {"forgets", "cpu.pprof"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out + result.err, "");
  EXPECT_NEAR(Cpu("cpu.pprof", "Inside"), 0.3, 0.1);
}

TEST_F(PprofPrograms, AStreamMayBeNoMoreAtTheEnd) {
  const ProgramResult result = Run("pprof_tool", {"forgets-stream"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err,
            "bench_profiler: CPU profile not written: the program ended "
            "without StopCpuProfile\n");
}

TEST_F(PprofPrograms, TheRateOfTheHeapFromTheEnvironment) {
  ProgramOptions options;
  options.environment = {{"BENCH_PROFILER_MEMPROFILERATE", "1"}};
  EXPECT_EQ(Run("pprof_tool", {"heap-at", "-1", "heap"}, options).out, "1\n");
  EXPECT_NEAR(static_cast<double>(Heap("heap")), 64 << 20, 4096);
  options.environment = {{"BENCH_PROFILER_MEMPROFILERATE", "0"}};
  const ProgramResult off = Run("pprof_tool", {"heap", "none"}, options);
  EXPECT_EQ(off.exit_code, 1);
  EXPECT_NE(off.out.find("never turned on"), std::string::npos) << off.out;
  EXPECT_FALSE(FileExists(folder_ / "none"));
  options.environment = {{"BENCH_PROFILER_MEMPROFILERATE", "much"}};
  EXPECT_EQ(Run("pprof_tool", {"heap-at", "-1", "heap"}, options).out,
            "524288\n");
}

TEST_F(PprofPrograms, AnEnabledOneHasTheHeapOffUntilItAsks) {
  ProgramResult result = Run("pprof_enabled", {"heap", "none"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("never turned on"), std::string::npos)
      << result.out;
  result = Run("pprof_enabled", {"heap-at", "1", "heap"});
  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_EQ(result.out, "0\n");
  EXPECT_NEAR(static_cast<double>(Heap("heap")), 64 << 20, 4096);
}

TEST_F(PprofPrograms, BesideTheFlagsOfAnEnabledOne) {
  const ProgramResult result =
      Run("pprof_enabled", {"--cpuprofile=flag.pprof", "--memprofile=flag.heap",
                            "both", "api.pprof", "api.heap"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_NEAR(Cpu("flag.pprof", "Inside"), 0.3, 0.1);
  EXPECT_NEAR(Cpu("flag.pprof", "Outside"), 0.6, 0.15);
  EXPECT_NEAR(Cpu("api.pprof", "Inside"), 0.3, 0.1);
  EXPECT_EQ(Cpu("api.pprof", "Outside"), 0);
  for (const char* file : {"flag.pprof", "api.pprof"}) {
    EXPECT_EQ(ReadProfile(folder_ / file)
                  .Sum("cpu",
                       [](const SampleView& sample) {
                         return sample.Has("Inside") !=
                                (sample.Label("where") == "inside");
                       }),
              0)
        << file;
  }
  EXPECT_GT(Heap("flag.heap"), 32 << 20);
  EXPECT_EQ(Heap("flag.heap"), Heap("api.heap"));
}

// The profile that a request waits for is a part of that of the flag, in the
// process's one library that profiles.
TEST_F(PprofPrograms, ServedBesideTheFlags) {
  std::vector<std::vector<std::string>> commands = {
      {PROGRAMS "/pprof_enabled", "--cpuprofile=flag.pprof"}};
#ifdef LAUNCHER
  commands.push_back({LAUNCHER, "run", "--cpuprofile=flag.pprof", "--",
                      PROGRAMS "/pprof_tool"});
  commands.push_back({LAUNCHER, "run", "--cpuprofile=flag.pprof", "--",
                      PROGRAMS "/pprof_enabled"});
#endif
  ProgramOptions options;
  options.directory = folder_.path();
  for (std::vector<std::string>& command : commands) {
    command.insert(command.end(), {"serves", "http.pprof"});
    const ProgramResult result = RunProgram(command, options);
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    EXPECT_GT(Cpu("http.pprof", "SpinUntil"), 0) << command[0];
    EXPECT_GE(Cpu("flag.pprof", "SpinUntil"), Cpu("http.pprof", "SpinUntil"));
  }
}

TEST_F(PprofPrograms, ARequestEndsWithTheProgram) {
  const ProgramResult result = Run("pprof_tool", {"ends-serving"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "context canceled\n");
  EXPECT_EQ(result.err, "");
}

#ifdef LAUNCHER
TEST_F(PprofPrograms, PreloadedIntoOneThatWasBuiltWithTheHeader) {
  ProgramOptions options;
  options.directory = folder_.path();
  const ProgramResult result =
      RunProgram({LAUNCHER, "run", "--cpuprofile=flag.pprof", "--",
                  PROGRAMS "/pprof_tool", "both", "api.pprof", "api.heap"},
                 options);
  EXPECT_NEAR(Cpu("flag.pprof", "Inside"), 0.3, 0.1) << result.err;
  EXPECT_NEAR(Cpu("flag.pprof", "Outside"), 0.6, 0.15);
  EXPECT_NEAR(Cpu("api.pprof", "Inside"), 0.3, 0.1);
  EXPECT_EQ(Cpu("api.pprof", "Outside"), 0);
  // The heap is off until it is asked for.
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("never turned on"), std::string::npos)
      << result.out;
}
#endif

#ifdef HAVE_STATIC_ALLOCATOR
TEST_F(PprofPrograms, AStaticAllocatorIsTold) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"heap", "heap"}, {"heap-at", "1", "heap"}}) {
    const ProgramResult result = Run("pprof_static_allocator", arguments);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_NE(result.out.find("the program has a malloc of its own"),
              std::string::npos)
        << result.out;
  }
}
#endif

// What the frames of a thread of "pprof_tool threads" spell.
int NumberOf(const SampleView& sample) {
  // The root's digit comes last, and is no part of the number; then come the
  // lower digits.
  std::string digits;
  constexpr std::string_view kDigit = "DigitILi";  // Digit<3>: DigitILi3E
  for (const std::string& symbol : sample.symbols) {
    const size_t at = symbol.find(kDigit);
    if (at != std::string::npos) digits += symbol[at + kDigit.size()];
  }
  if (digits.empty()) return 0;
  digits.pop_back();
  return std::atoi(digits.c_str());
}

// A thread of some milliseconds may run between two ticks of the kernel only:
// then its time is in the row of those that were too short. So not each one is
// asked for, but a part of each hundred.
TEST_F(PprofPrograms, FiveThousandThreadsAtATime) {
  ProgramOptions options;
  options.timeout_seconds = 500;
  const ProgramResult plain =
      Run("pprof_enabled", {"threads", "5000", "0.0001"}, options);
  const ProgramResult profiled =
      Run("pprof_enabled",
          {"--cpuprofile=cpu.pprof", "threads", "5000", "0.005"}, options);
  ASSERT_EQ(plain.exit_code, 0);
  ASSERT_EQ(profiled.exit_code, 0) << profiled.err;
  EXPECT_LT(profiled.peak_kib - plain.peak_kib, 64 << 10);
  const ProfileView profile = ReadProfile(folder_ / "cpu.pprof");
  ASSERT_TRUE(profile.valid) << profile.problem;
  std::map<int, std::set<int>> hundreds;
  for (const SampleView& sample : profile.samples) {
    const int number = NumberOf(sample);
    if (sample.Has("SpinFor")) hundreds[number / 100].insert(number);
  }
  for (int hundred = 0; hundred < 50; ++hundred) {
    EXPECT_GT(hundreds[hundred].size(), 5u) << hundred;
  }
  EXPECT_GT(1e-9 * static_cast<double>(profile.Sum("cpu")), 5000 * 0.005 * 0.9);
}

}  // namespace
}  // namespace bench_profiler
