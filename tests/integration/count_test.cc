// bench_profiler count: exact counts of instructions, under valgrind.
#include <gtest/gtest.h>

#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/index_view.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

const std::string kPrograms = PROGRAMS;

class CountTest : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("valgrind --version >/dev/null 2>&1") != 0) {
      GTEST_SKIP() << "valgrind is not installed";
    }
  }

  ProgramResult Count(std::vector<std::string> arguments,
                      const ProgramOptions& more = {}) const {
    ProgramOptions options = more;
    options.directory = folder_.path();
    arguments.insert(arguments.begin(), {LAUNCHER, "count"});
    return RunProgram(arguments, options);
  }

  // What a function itself costs in a benchmark.
  int64_t Self(const std::string& profile, const std::string& name) const {
    const ProfileView view = ReadProfile(folder_ / profile);
    EXPECT_TRUE(view.valid) << view.problem;
    return view.Sum("instructions", [&](const SampleView& sample) {
      return sample.functions.at(0).find(name) != std::string::npos;
    });
  }

  int64_t Total(const std::string& profile) const { return Self(profile, ""); }

  const TemporaryFolder folder_;
};

// The second program crashes after the first benchmark, which is as exact.
TEST_F(CountTest, TheSameTwiceAndWhatChangedExactly) {
  const std::string bench = kPrograms + "/count_bench";
  const ProgramResult result =
      Count({"--", bench, "--benchmark_filter=BM_Both|BM_Threads"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("BM_Both"), std::string::npos);
  EXPECT_NE(result.err.find(" instructions; 2 benchmarks in count.prof.d/"),
            std::string::npos)
      << result.err;
  const Json both = EntriesIn(folder_, "count.prof")[0];
  EXPECT_EQ(both["iterations"], 10);
  EXPECT_EQ(EntriesIn(folder_, "count.prof")[1]["iterations"], 10);
  EXPECT_NEAR(both["instructions/op"].Number(),
              static_cast<double>(Total("count.prof.d/BM_Both.prof")) / 10,
              0.01);
  const int64_t cheap = Self("count.prof.d/BM_Both.prof", "Cheap");
  EXPECT_GE(cheap, 10 * 200);
  // Two threads go round five times each.
  EXPECT_EQ(
      Self("count.prof.d/BM_Threads_iterations_5_threads_2.prof", "Cheap"),
      cheap);

  const ProgramResult crash =
      Count({"-o", "crash.prof", "--", bench, "--benchmark_filter=Both|Crash"});
  EXPECT_EQ(crash.exit_code, 128 + SIGSEGV) << crash.err;
  EXPECT_NE(
      crash.err.find("ended by Segmentation fault; what was counted until "
                     "then is in "),
      std::string::npos)
      << crash.err;
  EXPECT_EQ(Total("crash.prof.d/BM_Both.prof"),
            Total("count.prof.d/BM_Both.prof"));

  ProgramOptions more;
  more.environment = {{"MORE", "10"}};
  ASSERT_EQ(Count({"--iterations=20", "-o=more.prof", "--", bench,
                   "--benchmark_filter=Both"},
                  more)
                .exit_code,
            0);
  EXPECT_EQ(Self("more.prof.d/BM_Both.prof", "Cheap"), 2 * cheap);
  const int64_t dear = Self("count.prof.d/BM_Both.prof", "Dear");
  const int64_t dearer = Self("more.prof.d/BM_Both.prof", "Dear");
  const int64_t of_one_round = (dearer - 2 * dear) / (20 * 10);
  EXPECT_EQ(dearer - 2 * dear, 20 * 10 * of_one_round);
  EXPECT_GE(of_one_round, 2);
}

TEST_F(CountTest, ProgramsAsTheyAre) {
  const ProgramResult bench =
      Count({"-o", "bench.prof", "--", kPrograms + "/plain_matrix_bench"});
  ASSERT_EQ(bench.exit_code, 0) << bench.err;
  EXPECT_EQ(EntriesIn(folder_, "bench.prof")[0]["iterations"], 60);
  EXPECT_GT(Self("bench.prof.d/BM_Own_n_3_iterations_60.prof", "TimedWork"), 0);
  EXPECT_EQ(Self("bench.prof.d/BM_Own_n_3_iterations_60.prof", "PausedWork"),
            0);

  // One without a framework, and its exit code.
  const ProgramResult other =
      Count({"-o", "out/other.prof", "--outputdir=sub", "--",
             kPrograms + "/ordinary", "allocate", "50", "return", "3"});
  EXPECT_EQ(other.exit_code, 3) << other.err;
  EXPECT_GT(Total("sub/out/other.prof"), 1000);
}

TEST(CountCommand, WithoutValgrindOneLine) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  options.environment = {{"PATH", folder.path()}};
  const ProgramResult result =
      RunProgram({LAUNCHER, "count", "--", kPrograms + "/ordinary"}, options);
  EXPECT_EQ(result.exit_code, 125);
  EXPECT_EQ(result.err,
            "bench_profiler count: valgrind is missing: install the package "
            "valgrind\n");
}

TEST(CountCommand, MistakesAreOneLine) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  const struct {
    std::vector<std::string> arguments;
    int exit_code;
    const char* line;
  } mistakes[] = {
      {{}, 125, "-- is missing"},
      {{"--"}, 125, "no program follows"},
      {{"--foo", "--", "true"}, 125, "no such flag: --foo"},
      {{"--iterations=0", "--", "true"}, 125, "from 1 to 1000000"},
      {{"--cpuprofile=c.prof", "--", "true"}, 125, "--cpuprofile would"},
      {{"--", "no_such"}, 127, "no_such: no such program"},
  };
  for (const auto& mistake : mistakes) {
    std::vector<std::string> words = {LAUNCHER, "count"};
    words.insert(words.end(), mistake.arguments.begin(),
                 mistake.arguments.end());
    const ProgramResult result = RunProgram(words, options);
    EXPECT_EQ(result.exit_code, mistake.exit_code) << result.err;
    EXPECT_NE(result.err.find(mistake.line), std::string::npos) << result.err;
    EXPECT_EQ(result.err.find('\n'), result.err.size() - 1) << result.err;
  }
}

// As of a program that is run with the flag of "count", but by hand.
TEST(CountCommand, OnlyUnderValgrind) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  const ProgramResult result =
      RunProgram({kPrograms + "/count_bench", "--benchmark_filter=Threads",
                  "--instructionprofile=i.prof"},
                 options);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("bench_profiler count -- PROGRAM"),
            std::string::npos)
      << result.err;
}

}  // namespace
}  // namespace bench_profiler
