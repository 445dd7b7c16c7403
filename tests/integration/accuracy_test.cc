// Whether the figures are right: shares of known functions, and the total.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

class Accuracy : public testing::TestWithParam<const char*> {
 protected:
  ProgramResult Run(const std::string& filter) {
    ProgramOptions options;
    options.directory = folder_.path();
    return RunProgram({PROGRAMS "/accuracy_bench", "--cpuprofile=cpu.prof",
                       std::string("--cpuprofileclock=") + GetParam(),
                       "--benchmark_filter=" + filter},
                      options);
  }

  TemporaryFolder folder_;
};

TEST_P(Accuracy, SharesOfKnownFunctions) {
  const ProgramResult result = Run("Shares");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const ProfileView profile =
      ReadProfile(folder_ / "cpu.prof.d/BM_Shares_iterations_2000.prof");
  const auto total = static_cast<double>(profile.Sum("cpu"));
  const auto samples = static_cast<double>(profile.Sum("samples"));
  // So many that half of the time is told from a quarter: below, the tolerance
  // of a half is 5 * sqrt(0.25 / samples). A busy machine gives fewer samples,
  // each of which stands for more ticks.
  ASSERT_GT(samples, 100);
  for (const auto& [function, share] :
       {std::pair<const char*, double>{"Share50", 0.5},
        {"Share25", 0.25},
        {"Share12", 0.125},
        {"Share6a", 0.0625},
        {"Share6b", 0.0625}}) {
    const auto measured = static_cast<double>(
        profile.Sum("cpu", [name = function](const SampleView& sample) {
          return sample.Has(name);
        }));
    // Five standard deviations of a binomial share: one false alarm in 10^6.
    EXPECT_NEAR(measured / total, share,
                5 * std::sqrt(share * (1 - share) / samples))
        << function << " of " << samples << " samples";
  }
}

TEST_P(Accuracy, TotalIsThatOfGetrusage) {
  for (const char* threads : {"1", "2", "4"}) {
    const ProgramResult result = Run(std::string("Threads/") + threads);
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const size_t at = result.out.find("getrusage ");
    ASSERT_NE(at, std::string::npos) << result.out;
    const double expected = std::atof(result.out.c_str() + at + 10);
    const ProfileView profile = ReadProfile(folder_ / "cpu.prof");
    const double sampled = 1e-9 * static_cast<double>(profile.Sum("cpu"));
    std::printf("%s, %s threads: %.4f of getrusage's %.3f s\n", GetParam(),
                threads, sampled / expected, expected);
    // 1 %, and what is systematic: a thread's last tick, 10 ms at most.
    EXPECT_NEAR(sampled, expected, 0.01 * expected + 0.01) << threads;
  }
}

INSTANTIATE_TEST_SUITE_P(Clocks, Accuracy,
                         testing::Values("thread", "task-clock"),
                         [](const auto& clock) {
                           return std::string(clock.param) == "thread"
                                      ? "Thread"
                                      : "TaskClock";
                         });

// Most virtual machines have no counter of instructions: one line then.
TEST(InstructionClock, CountsOrALineSaysWhyNot) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  const ProgramResult result = RunProgram(
      {PROGRAMS "/accuracy_bench", "--cpuprofile=cpu.prof",
       "--cpuprofileclock=instructions", "--benchmark_filter=Threads/1"},
      options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const size_t at = result.out.find("getrusage ");
  ASSERT_NE(at, std::string::npos) << result.out;
  const double expected = std::atof(result.out.c_str() + at + 10);
  const ProfileView profile = ReadProfile(folder / "cpu.prof");
  ASSERT_TRUE(profile.valid) << profile.problem;
  const bool counts = profile.HasComment("perf_event instructions, user mode");
  const bool is_told =
      result.err.find("instructions cannot be counted by the processor here") !=
      std::string::npos;
  EXPECT_NE(counts, is_told) << result.err;
  // As the other clocks, and a sample's worth of instructions.
  EXPECT_NEAR(1e-9 * static_cast<double>(profile.Sum("cpu")), expected,
              0.02 * expected + 0.01);
}

}  // namespace
}  // namespace bench_profiler
