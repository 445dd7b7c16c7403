#include "bench_profiler/run/flags.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "bench_profiler/collectors/kind.h"

namespace bench_profiler {
namespace {

class FlagsTest : public testing::Test {
 protected:
  FlagsTest() { ClearEnvironment(); }
  ~FlagsTest() override { ClearEnvironment(); }

  static void ClearEnvironment() {
    for (const char* name :
         {"CPUPROFILE", "CPUPROFILERATE", "CPUPROFILECLOCK", "OUTPUTDIR",
          "OWNER", "FOLLOW_CHILDREN", "BENCHMEM", "PROFILE_REPEAT_UNTIL",
          "QUIET", "TRACE", "PROFILE_HTTP", "BLOCKPROFILERATE",
          "PROFILE_REPORT", "MEMPROFILE"}) {
      unsetenv((std::string("BENCH_PROFILER_") + name).c_str());
    }
  }

  // Parses; `left_` is what remains of the arguments.
  bool Parse(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "bench");
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    int argc = static_cast<int>(arguments.size());
    error_.clear();
    const bool good = ParseFlags(&argc, argv.data(), &options_, &error_);
    EXPECT_EQ(good, error_.empty());
    left_.clear();
    if (good) {
      EXPECT_EQ(argv[static_cast<size_t>(argc)], nullptr);
      left_.assign(argv.begin() + 1, argv.begin() + argc);
    }
    return good;
  }

  const KindOptions& cpu() const { return options_.kinds.at(0); }

  Options options_;
  std::string error_;
  std::vector<std::string> left_;
};

TEST_F(FlagsTest, NothingAskedForIsOff) {
  ASSERT_TRUE(Parse({"--benchmark_filter=x"}));
  EXPECT_FALSE(options_.AnyProfile());
  EXPECT_EQ(cpu().rate, 1000);
  EXPECT_EQ(left_, (std::vector<std::string>{"--benchmark_filter=x"}));
}

TEST_F(FlagsTest, AllSpellings) {
  for (const std::vector<std::string>& spelling :
       {std::vector<std::string>{"--cpuprofile=a.prof"},
        {"-cpuprofile=a.prof"},
        {"--cpuprofile", "a.prof"},
        {"-cpuprofile", "a.prof"}}) {
    std::vector<std::string> arguments = spelling;
    arguments.insert(arguments.begin(), "--before");
    arguments.push_back("--after");
    ASSERT_TRUE(Parse(arguments)) << error_;
    EXPECT_EQ(cpu().path, "a.prof");
    EXPECT_EQ(left_, (std::vector<std::string>{"--before", "--after"}));
  }
}

TEST_F(FlagsTest, AReportNeedsAProfile) {
  ASSERT_TRUE(Parse({"--profile_report=out/report.html"})) << error_;
  EXPECT_EQ(options_.report_path, "out/report.html");
  EXPECT_EQ(cpu().path, "out/report.cpu.prof");
  ASSERT_TRUE(Parse({"--profile_report=r.html", "--memprofile=mem.prof"}));
  EXPECT_EQ(cpu().path, "");
  ASSERT_TRUE(Parse({"--profile_report=r", "--trace=t"}));
  EXPECT_EQ(cpu().path, "r.cpu.prof");
  EXPECT_FALSE(Parse({"--profile_report="}));
}

TEST_F(FlagsTest, StopsAtTwoDashes) {
  ASSERT_TRUE(Parse({"--", "--cpuprofile=a.prof"}));
  EXPECT_FALSE(options_.AnyProfile());
  EXPECT_EQ(left_, (std::vector<std::string>{"--", "--cpuprofile=a.prof"}));
}

TEST_F(FlagsTest, LeavesUnknownFlagsToTheFramework) {
  ASSERT_TRUE(Parse({"--cpuprofiles=a", "cpuprofile=a", "--cpuprof", "-"}));
  EXPECT_EQ(left_.size(), 4u);
}

TEST_F(FlagsTest, BadValuesGetOneLine) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"--cpuprofile=", "--cpuprofile=: needs the name of a file"},
      {"--cpuprofile", "--cpuprofile=: needs the name of a file"},
      {"--cpuprofilerate=0",
       "--cpuprofilerate=0: must be a whole number from 1 to 10000 (samples "
       "per CPU second)"},
      {"--cpuprofileclock=wall",
       "--cpuprofileclock=wall: must be thread or task-clock or instructions"},
  };
  for (const auto& [flag, line] : cases) {
    EXPECT_FALSE(Parse({flag}));
    EXPECT_EQ(error_, line);
  }
  for (const char* rate :
       {"-1", "10001", "1e3", "100x", "", " ", "99999999999999999999"}) {
    EXPECT_FALSE(Parse({std::string("--cpuprofilerate=") + rate})) << rate;
  }
}

TEST_F(FlagsTest, EnvironmentCountsAndTheCommandLineWins) {
  setenv("BENCH_PROFILER_CPUPROFILE", "environment.prof", 1);
  setenv("BENCH_PROFILER_CPUPROFILERATE", "100", 1);
  ASSERT_TRUE(Parse({}));
  EXPECT_EQ(cpu().path, "environment.prof");
  EXPECT_EQ(cpu().rate, 100);
  ASSERT_TRUE(Parse({"--cpuprofile=line.prof"}));
  EXPECT_EQ(cpu().path, "line.prof");
  setenv("BENCH_PROFILER_CPUPROFILERATE", "fast", 1);
  EXPECT_FALSE(Parse({}));
  EXPECT_EQ(error_.find("BENCH_PROFILER_CPUPROFILERATE=fast: "), 0u);
}

TEST_F(FlagsTest, OptionsAreCarriedToTheSameProcessOnly) {
  ASSERT_TRUE(Parse({"--cpuprofile=a.prof", "--cpuprofileclock=task-clock",
                     "--outputdir=d"}));
  CarryOptionsInEnvironment(options_);
  ASSERT_TRUE(Parse({}));  // as after an exec of itself
  EXPECT_EQ(cpu().path, "a.prof");
  EXPECT_EQ(cpu().choice, 1u);
  EXPECT_EQ(options_.output_dir, "d");
  setenv("BENCH_PROFILER_OWNER", std::to_string(getpid() + 1).c_str(), 1);
  ASSERT_TRUE(Parse({}));  // as in a child of it
  EXPECT_FALSE(options_.AnyProfile());
}

TEST_F(FlagsTest, OptionsAreCarriedToChildrenThatAreFollowed) {
  ASSERT_TRUE(Parse({"--cpuprofile=a.prof"}));
  EXPECT_FALSE(options_.follow_children);
  options_.follow_children = true;
  CarryOptionsInEnvironment(options_);
  ASSERT_TRUE(Parse({}));
  EXPECT_TRUE(options_.follow_children);
  EXPECT_FALSE(options_.is_child);
  const std::string first = std::to_string(getpid() + 1);
  setenv("BENCH_PROFILER_OWNER", first.c_str(), 1);
  for (int generation = 0; generation < 2; ++generation) {
    ASSERT_TRUE(Parse({}));
    EXPECT_EQ(cpu().path, "a.prof");
    EXPECT_TRUE(options_.is_child);
    CarryOptionsInEnvironment(options_);
    EXPECT_EQ(std::getenv("BENCH_PROFILER_OWNER"), first);
  }
}

TEST_F(FlagsTest, AddressesAreLookedAtAtOnce) {
  ASSERT_TRUE(Parse({"--profile_http=localhost:0"}));
  EXPECT_EQ(options_.profile_http, "localhost:0");
  EXPECT_TRUE(options_.Any());
  EXPECT_FALSE(options_.AnyProfile());
  CarryOptionsInEnvironment(options_);
  ASSERT_TRUE(Parse({}));
  EXPECT_EQ(options_.profile_http, "localhost:0");
  for (const char* address : {"", "localhost", "example.com:80"}) {
    EXPECT_FALSE(Parse({std::string("--profile_http=") + address}));
    EXPECT_EQ(error_.find("--profile_http=" + std::string(address) +
                          ": must be HOST:PORT"),
              0u)
        << error_;
  }
}

TEST_F(FlagsTest, OnlyRatesThatAreGivenCountAsGiven) {
  const auto block = [this]() -> const KindOptions& {
    size_t i = 0;
    while (std::string(Kinds()[i].name) != "block") ++i;
    return options_.kinds.at(i);
  };
  for (const bool is_given : {false, true}) {
    ASSERT_TRUE(is_given ? Parse({"--blockprofilerate=7"}) : Parse({}));
    CarryOptionsInEnvironment(options_);
    ASSERT_TRUE(Parse({}));
    EXPECT_EQ(block().rate_is_given, is_given);
    EXPECT_EQ(block().rate, is_given ? 7 : 1);
  }
}

TEST_F(FlagsTest, NumbersAreCarriedExactly) {
  for (const char* seconds : {"1e-7", "0.1", "12345.678"}) {
    ASSERT_TRUE(Parse({"--cpuprofile=a.prof",
                       std::string("--profile_repeat_until=") + seconds}));
    const double before = options_.repeat_until;
    CarryOptionsInEnvironment(options_);
    ASSERT_TRUE(Parse({})) << error_;
    EXPECT_EQ(options_.repeat_until, before);
  }
}

TEST_F(FlagsTest, SwitchesThatSayNoAreOff) {
  for (const char* no : {"0", "false", "no", "off", ""}) {
    setenv("BENCH_PROFILER_FOLLOW_CHILDREN", no, 1);
    setenv("BENCH_PROFILER_BENCHMEM", no, 1);
    ASSERT_TRUE(Parse({})) << error_;
    EXPECT_FALSE(options_.follow_children) << no;
    EXPECT_FALSE(options_.benchmem) << no;
    CarryOptionsInEnvironment(options_);
    EXPECT_EQ(std::getenv("BENCH_PROFILER_FOLLOW_CHILDREN"), nullptr);
  }
  setenv("BENCH_PROFILER_FOLLOW_CHILDREN", "perhaps", 1);
  EXPECT_FALSE(Parse({}));
}

TEST_F(FlagsTest, QuietIsASwitchThatLastsThroughAReExec) {
  ASSERT_TRUE(Parse({}));
  EXPECT_FALSE(options_.quiet);
  for (const char* no : {"0", "false", "no", "off", ""}) {
    setenv("BENCH_PROFILER_QUIET", no, 1);
    ASSERT_TRUE(Parse({})) << error_;
    EXPECT_FALSE(options_.quiet) << no;
  }
  setenv("BENCH_PROFILER_QUIET", "1", 1);
  ASSERT_TRUE(Parse({"--cpuprofile=a.prof"})) << error_;
  EXPECT_TRUE(options_.quiet);
  CarryOptionsInEnvironment(options_);
  ASSERT_TRUE(Parse({})) << error_;
  EXPECT_TRUE(options_.quiet);
  setenv("BENCH_PROFILER_QUIET", "perhaps", 1);
  EXPECT_FALSE(Parse({}));
  EXPECT_NE(error_.find("BENCH_PROFILER_QUIET=perhaps"), std::string::npos);
  EXPECT_NE(FlagsHelp().find("BENCH_PROFILER_QUIET"), std::string::npos);
}

TEST_F(FlagsTest, ATraceIsSomethingToWrite) {
  ASSERT_TRUE(Parse({}));
  EXPECT_FALSE(options_.AnyProfile());
  ASSERT_TRUE(Parse({"--trace=t"})) << error_;
  EXPECT_EQ(options_.trace_path, "t");
  EXPECT_TRUE(options_.AnyProfile());
  CarryOptionsInEnvironment(options_);
  ASSERT_TRUE(Parse({})) << error_;
  EXPECT_EQ(options_.trace_path, "t");
}

TEST_F(FlagsTest, WhatIsNotAskedForIsNotCarriedOn) {
  ASSERT_TRUE(Parse({}));
  setenv("BENCH_PROFILER_CPUPROFILE", "of_another.prof", 1);
  CarryOptionsInEnvironment(options_);
  ASSERT_TRUE(Parse({}));
  EXPECT_FALSE(options_.AnyProfile());
}

TEST_F(FlagsTest, HelpNamesEveryFlag) {
  const std::string help = FlagsHelp();
  for (const Kind& kind : Kinds()) {
    if (kind.flag[0] == '\0') continue;
    EXPECT_NE(help.find(std::string("[--") + kind.flag + "=<FILE>]"),
              std::string::npos);
    EXPECT_NE(help.find(std::string("[--") + kind.rate_flag + "="),
              std::string::npos);
  }
  EXPECT_NE(help.find("[--outputdir=<DIR>]"), std::string::npos);
}

}  // namespace
}  // namespace bench_profiler
