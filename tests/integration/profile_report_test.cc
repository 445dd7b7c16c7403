// --profile_report: the HTML report at the end of a run.
#include <gtest/gtest.h>
#include <signal.h>

#include <string>
#include <vector>

#include "tests/html/page_view.h"
#include "tests/support/profile_view.h"
#include "tests/support/run_in.h"

namespace bench_profiler {
namespace {

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Names of the report's kinds, with a blank behind each.
std::string KindsIn(const Json& data) {
  std::string names;
  for (const Json& kind : data["kinds"]) names += kind["name"].Text() + " ";
  return names;
}

TEST(ProfileReport, OfNoOtherFlagIsOfACpuProfile) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "ending_bench", {"--profile_report=out/report.html"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(Has(result.err, "report: out/report.html")) << result.err;
  EXPECT_TRUE(ReadProfile(folder / "out/report.cpu.prof").valid);
  const Json data = DataIn(ReadFile(folder / "out/report.html"));
  EXPECT_EQ(data["mode"], "suite");
  EXPECT_EQ(KindsIn(data), "cpu ");
  ASSERT_EQ(data["benchmarks"].size(), 2u) << result.err;
  const Json& first = data["benchmarks"][0];
  EXPECT_EQ(first["label"], "benchmark");
  EXPECT_GT(first["columns"]["real"].Number(), 1e7);
  EXPECT_GT(first["profiles"][0]["above"].size(), 0u);
}

TEST(ProfileReport, IsOfAllKindsThatAreAskedFor) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "ending_bench",
            {"--profile_report=report.html", "--memprofile=mem.prof",
             "--cpuprofile=cpu.prof", "--memprofilerate=1"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const Json data = DataIn(ReadFile(folder / "report.html"));
  EXPECT_EQ(KindsIn(data), "cpu heap allocs ");
  const Json& profiles = data["benchmarks"][0]["profiles"];
  EXPECT_GE(profiles[2]["total"].Number(), 1000);  // KeepBlocks
  EXPECT_FALSE(FileExists(folder / "report.cpu.prof"));
}

TEST(ProfileReport, OfTests) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"BENCH_PROFILER_PROFILE_REPORT", "report.html"}};
  const ProgramResult result = RunIn(
      folder, "gtest_main_test", {"--gtest_filter=Outcome.Skipped"}, options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const Json data = DataIn(ReadFile(folder / "report.html"));
  ASSERT_EQ(data["benchmarks"].size(), 1u) << result.err;
  const Json& test = data["benchmarks"][0];
  EXPECT_EQ(test["name"], "Outcome.Skipped");
  EXPECT_EQ(test["label"], "test");
  EXPECT_GT(test["columns"]["real"].Number(), 1e7);
}

TEST(ProfileReport, OfAShardHasItsNumber) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"GTEST_TOTAL_SHARDS", "2"},
                         {"GTEST_SHARD_INDEX", "1"}};
  const ProgramResult result =
      RunIn(folder, "gtest_main_test",
            {"--gtest_filter=Outcome.Skipped", "--profile_report=report.html"},
            options);
  EXPECT_TRUE(FileExists(folder / "report-shard-1-of-2.html")) << result.err;
}

TEST(ProfileReport, IsWrittenWhenASignalEndsTheProgram) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.environment = {{"ENDING", "sigterm"}};
  const ProgramResult result =
      RunIn(folder, "ending_bench", {"--profile_report=report.html"}, options);
  EXPECT_EQ(result.signal, SIGTERM) << result.err;
  const Json data = DataIn(ReadFile(folder / "report.html"));
  ASSERT_EQ(data["benchmarks"].size(), 2u) << result.err;
  EXPECT_EQ(data["benchmarks"][0]["complete"], true);
  EXPECT_EQ(data["benchmarks"][1]["complete"], false);
}

TEST(ProfileReport, ThatCannotBeWrittenIsToldBeforeTheFirstBenchmark) {
  const TemporaryFolder folder;
  for (const std::vector<std::string>& flags :
       {std::vector<std::string>{"--profile_report=/proc/none/report.html"},
        {"--profile_report=a.prof", "--cpuprofile=a.prof"},
        {"--profile_report=a.prof.d/BM_A.prof", "--cpuprofile=a.prof"}}) {
    const ProgramResult result = RunIn(folder, "ending_bench", flags);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.out, "");
    EXPECT_TRUE(Has(result.err, "bench_profiler: --")) << result.err;
    EXPECT_EQ(result.err.find('\n'), result.err.size() - 1) << result.err;
  }
}

TEST(ProfileReport, ThatCannotBeMadeChangesTheExitCode) {
  const TemporaryFolder folder;
  const ProgramResult result =
      RunIn(folder, "ending_bench",
            {"--profile_report=report.html", "--cpuprofile=/dev/null"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_TRUE(Has(result.err, "report not written: ")) << result.err;
  EXPECT_FALSE(FileExists(folder / "report.html"));
}

TEST(ProfileReport, OfAProgramThatIsNoSuite) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  const ProgramResult result =
      RunProgram({LAUNCHER, "run", "--profile_report=report.html", "--",
                  PROGRAMS "/ordinary", "work", "0.3"},
                 options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const Json data = DataIn(ReadFile(folder / "report.html"));
  EXPECT_EQ(data["mode"], "single");
  ASSERT_EQ(data["benchmarks"].size(), 1u);
  const Json& tree = data["benchmarks"][0]["profiles"][0];
  EXPECT_EQ(tree["divisor"], 1);
  EXPECT_GT(tree["total"].Number(), 0);
  bool has_function = false;
  for (const Json& text : data["strings"]) {
    has_function = has_function || Has(text.Text(), "OrdinaryWork");
  }
  EXPECT_TRUE(has_function);
}

}  // namespace
}  // namespace bench_profiler
