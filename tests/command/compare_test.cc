// bench_profiler compare, as a user meets it. Programs are scripts, most of
// which end in a benchmark.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/command/terminal.h"
#include "tests/command/tool.h"
#include "tests/support/running_program.h"

namespace bench_profiler {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr char kBenchmark[] = "exec \"$BENCH\" \"$@\"\n";

class CompareCommand : public testing::Test {
 protected:
  CompareCommand() {
    folder_.options.environment.emplace_back("BENCH", COMPARED_BENCH);
    Script("old", kBenchmark);
    Script("new", kBenchmark);
  }

  void Script(const std::string& name, const std::string& body) const {
    folder_.WriteBytes(name, "#!/bin/sh\n" + body);
    fs::permissions(folder_.path() + "/" + name, fs::perms(0755));
  }

  // Runs ./old and ./new, and keeps it in "kept".
  ProgramResult Compare(std::vector<std::string> options) const {
    options.insert(options.begin(), {"compare", "--folder=kept"});
    options.insert(options.end(), {"./old", "./new"});
    return folder_.Run(options);
  }

  Json Record() const {
    return Json::parse(folder_.Read("kept/compare.json"), nullptr, false);
  }

  bool Has(const std::string& path) const {
    return fs::exists(folder_.path() + "/" + path);
  }

  ToolFolder folder_;
};

// A number N makes the script do something in its Nth run.
std::string InRun(int number, const std::string& what) {
  return "echo run >> \"$0.count\"\nif [ $(wc -l < \"$0.count\") -eq " +
         std::to_string(number) + " ]; then\n" + what + "\nfi\n";
}

// A program that was killed may stay as an entry until somebody asks for it.
bool IsAlive(const std::string& pid) {
  std::ifstream file("/proc/" + std::to_string(std::stoi(pid)) + "/stat");
  std::string number, name, state;
  return file >> number >> name >> state && state != "Z" && state != "X";
}

// Waits until the program whose number is in `file` is gone.
bool Ends(const std::string& file) {
  for (int i = 0; i < 1000 && IsAlive(ReadFile(file)); ++i) usleep(10000);
  return !IsAlive(ReadFile(file));
}

TEST_F(CompareCommand, RunsInTurnsAndKeepsAll) {
  Script("old", std::string("echo old >> order\n") + kBenchmark);
  Script("new", std::string("echo new >> order\n") + kBenchmark);
  const ProgramResult result = folder_.Run(
      {"compare", "--folder=kept", "--runs=4", "--seed=7", "--format=json",
       "--blockprofile", "block.prof", "--profile_repeat_until=0.01", "./old",
       "./new", "--", "--benchmark_filter=Compared"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  // Old, new, new, old; or its reverse.
  std::string seen, expected;
  const Json record = Record();
  ASSERT_EQ(record["runs"].size(), 8u);
  for (size_t i = 0; i < 8; ++i) {
    const Json& run = record["runs"][i];
    seen += run["side"].get<std::string>() + "\n";
    EXPECT_EQ(run["exit_code"], 0);
    const bool is_outer = i % 4 == 0 || i % 4 == 3;
    EXPECT_EQ(run["side"] == record["runs"][i / 4 * 4]["side"], is_outer) << i;
  }
  EXPECT_EQ(folder_.Read("order"), seen);
  EXPECT_EQ(record["seed"], 7);
  EXPECT_EQ(record["arguments"][0], "--benchmark_filter=Compared");

  for (const char* run : {"old/01", "old/04", "new/01", "new/04"}) {
    const std::string kept = std::string("kept/") + run;
    EXPECT_TRUE(Has(kept + "/cpu.prof.d/index.json")) << run;
    EXPECT_TRUE(Has(kept + "/mem.prof.d/index.json")) << run;
    EXPECT_TRUE(Has(kept + "/block.prof.d/index.json")) << run;
    EXPECT_NE(folder_.Read(kept + "/output.txt").find("BM_Compared"),
              std::string::npos);
  }
  const Json shown = Json::parse(result.out, nullptr, false);
  ASSERT_EQ(shown["benchmarks"].size(), 1u) << result.out;
  EXPECT_EQ(shown["benchmarks"][0]["name"], "BM_Compared/iterations:200");
  // What it was compared from can be compared again.
  const ProgramResult again = folder_.Run({"diff", "--format=json", "kept"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(Json::parse(again.out, nullptr, false)["benchmarks"],
            shown["benchmarks"]);
  for (const char* line :
       {"warning: few runs: with 4", "--seed=7", "bench_profiler diff kept"}) {
    EXPECT_NE(result.err.find(line), std::string::npos) << result.err << line;
  }
}

TEST_F(CompareCommand, FailsAboveALimit) {
  Script("new", std::string("export WORK=200 BLOCKS=2\n") + kBenchmark);
  const ProgramResult time =
      Compare({"--runs=5", "--fail-above=20%", "--fail-above=allocs:1"});
  EXPECT_EQ(time.exit_code, 1) << time.out << time.err;
  EXPECT_NE(time.err.find("BM_Compared"), std::string::npos) << time.err;
  EXPECT_EQ(time.err.find("the same program"), std::string::npos) << time.err;
  EXPECT_EQ(folder_.Run({"diff", "--fail-above=allocs:0", "kept"}).exit_code,
            1);
  EXPECT_EQ(folder_.Run({"diff", "--fail-above=allocs:1", "kept"}).exit_code,
            0);
}

TEST_F(CompareCommand, StopsWhenAllIsDecided) {
  Script("new", std::string("export WORK=200\n") + kBenchmark);
  const ProgramResult result = Compare({"--runs=30", "--until-decided"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("every benchmark is decided"), std::string::npos)
      << result.err;
  EXPECT_LT(Record()["runs"].size(), 60u);
  EXPECT_LT(Record()["alpha"].get<double>(), 0.05);
}

TEST_F(CompareCommand, StartsNoPairWhenTheTimeIsOver) {
  const ProgramResult result = Compare({"--max-time=0.001s", "--runs=10"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("the time is over"), std::string::npos);
  EXPECT_NE(result.err.find("the same program"), std::string::npos);
  EXPECT_EQ(Record()["runs"].size(), 2u);
}

TEST_F(CompareCommand, LeavesOutARunThatCrashes) {
  Script("new", InRun(2, "echo a last word; kill -SEGV $$") + kBenchmark);
  const ProgramResult result = Compare({"--runs=3"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(result.err.find("NEW (./new), run 2: it ended with signal 11"),
            std::string::npos)
      << result.err;
  EXPECT_NE(result.err.find("  a last word\n"), std::string::npos);
  EXPECT_NE(result.out.find("BM_Compared"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("(2 processes)"), std::string::npos) << result.out;
  EXPECT_TRUE(Has("kept/new/03"));
  EXPECT_FALSE(Has("kept/new/02"));
  EXPECT_EQ(folder_.Read("kept/left-out/new-02/output.txt"), "a last word\n");
  EXPECT_EQ(Record()["runs"].size(), 6u);
}

TEST_F(CompareCommand, LeavesOutARunWithoutRoomForItsProfile) {
  Script("new", InRun(2, "ulimit -f 0") + kBenchmark);
  const ProgramResult result = Compare({"--runs=2"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(result.err.find("NEW (./new), run 2: it ended with"),
            std::string::npos)
      << result.err;
  EXPECT_NE(result.out.find("BM_Compared"), std::string::npos) << result.out;
}

TEST_F(CompareCommand, GivesUpAfterThreeFailures) {
  Script("new", InRun(1, kBenchmark) + "exit 3\n");
  const ProgramResult result = Compare({"--runs=10"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(result.err.find("3 runs failed"), std::string::npos) << result.err;
  EXPECT_LE(Record()["runs"].size(), 8u);
}

TEST_F(CompareCommand, StopsAtOnceIfTheFirstRunFails) {
  Script("old", "echo out; echo no such flag: $1 >&2; exit 4\n");
  Script("new", "exit 5\n");
  const ProgramResult result = folder_.Run(
      {"compare", "--folder=kept", "./old", "./old", "--", "--nonsense"});
  EXPECT_EQ(result.exit_code, 2) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_NE(result.err.find("it ended with exit code 4"), std::string::npos);
  EXPECT_NE(result.err.find("  no such flag: --nonsense\n"), std::string::npos)
      << result.err;
  EXPECT_EQ(Record()["runs"].size(), 1u);
}

TEST_F(CompareCommand, NoticesThatAProgramIsBuiltAnew) {
  Script("new", std::string("touch -d 2001-01-01 \"$0\"\n") + kBenchmark);
  const ProgramResult result = Compare({"--runs=10"});
  EXPECT_NE(result.err.find("NEW (./new) was changed"), std::string::npos)
      << result.err;
  EXPECT_LE(Record()["runs"].size(), 4u);
}

// What was run until then is compared, and nothing of the program survives, not
// even what does not want to end.
TEST_F(CompareCommand, ComparesWhatIsThereWhenInterrupted) {
  Script("new", InRun(2,
                      "trap '' TERM\n"
                      "sleep 1000 &\n"
                      "echo $! > sleeper.new; mv sleeper.new sleeper\n"
                      "wait\nsleep 1000") +
                    kBenchmark);
  folder_.options.signal = SIGINT;
  folder_.options.signal_when_exists = folder_.path() + "/sleeper";
  const ProgramResult result = Compare({"--runs=10"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("interrupted"), std::string::npos) << result.err;
  EXPECT_NE(result.out.find("BM_Compared"), std::string::npos) << result.out;
  EXPECT_TRUE(Ends(folder_.path() + "/sleeper"));
  EXPECT_FALSE(Has("kept/new/02"));
}

TEST_F(CompareCommand, SecondInterruptEndsAll) {
  const std::string sleeper = folder_.path() + "/sleeper";
  Script("new", "trap '' TERM\necho $$ > " + sleeper +
                    "\necho asleep >&2\nwhile :; do sleep 1; done\n");
  const std::string program = folder_.path() + "/new";
  RunningProgram tool({TOOL, "compare", "--folder=kept", program, program});
  for (int i = 0; i < 6000 && ReadFile(sleeper).empty(); ++i) usleep(10000);
  tool.Signal(SIGINT);
  EXPECT_TRUE(tool.HasSaid("once more ends all")) << tool.Errors();
  usleep(300000);  // two at once would be one
  tool.Signal(SIGINT);
  EXPECT_EQ(tool.Wait().signal, SIGINT);
  EXPECT_TRUE(Ends(sleeper));
}

TEST_F(CompareCommand, InterruptedBeforeAnythingIsThere) {
  Script("new", "touch started\nexec sleep 1000\n");
  folder_.options.signal = SIGTERM;
  folder_.options.signal_when_exists = folder_.path() + "/started";
  const ProgramResult result =
      folder_.Run({"compare", "--folder=kept", "./new", "./new"});
  EXPECT_EQ(result.exit_code, 128 + SIGTERM) << result.err;
  EXPECT_NE(result.err.find("nothing to compare"), std::string::npos);
}

// A program would go on alone if the tool died of it.
TEST_F(CompareCommand, GoesOnIfNobodyReadsItsLines) {
  const ProgramResult result = folder_.Sh(
      "$TOOL compare --folder=kept --runs=1 ./old ./new 2>&1 >out |"
      " head -c 1 >/dev/null; for i in $(seq 600); do"
      " test -s out && break; sleep 0.1; done");
  EXPECT_EQ(Record()["runs"].size(), 2u) << result.err;
  EXPECT_NE(folder_.Read("out").find("BM_Compared"), std::string::npos);
}

TEST_F(CompareCommand, NeverTouchesAnEarlierOne) {
  fs::create_directory(folder_.path() + "/kept");
  folder_.WriteBytes("kept/compare.json", "mine");
  ExpectRefused(Compare({}), 2, "kept is not empty");
  EXPECT_EQ(folder_.Read("kept/compare.json"), "mine");
  for (int i = 0; i < 2; ++i) {
    folder_.Run({"compare", "--runs=1", "./old", "./new"});
  }
  int folders = 0;
  for (const auto& entry : fs::directory_iterator(folder_.path())) {
    folders += entry.path().extension() == ".d" ? 1 : 0;
  }
  EXPECT_EQ(folders, 2);
}

TEST_F(CompareCommand, MistakesAreOneLineBeforeAnyRun) {
  folder_.WriteBytes("text", "no program");
  const struct {
    std::vector<std::string> words;
    const char* line;
  } mistakes[] = {
      {{}, "two programs are needed"},
      {{"./old"}, "two programs are needed"},
      {{"--", "./old", "./new"}, "two programs are needed"},
      {{"./old", "./new", "x"}, "behind a --"},
      {{"./old", "./none"}, "./none: no such program"},
      {{"./old", "new"}, "new: no such program in PATH; did you mean ./new?"},
      {{"./old", "./text"}, "text cannot be executed"},
      {{"/tmp", "./new"}, "Is a directory"},
      {{"--runs=0", "./old", "./new"}, "--runs=0: from 1"},
      {{"--runs=x", "./old", "./new"}, "a number"},
      {{"--max-time=5x", "./old", "./new"}, "90s, 5m or 1h"},
      {{"--max-time=-1", "./old", "./new"}, "90s, 5m or 1h"},
      {{"--fail-above=x", "./old", "./new"}, "x"},
      {{"--cpuprofilerate=0", "./old", "./new"}, "from 1 to 10000"},
      {{"--blockprofile=/x/b.prof", "./old", "./new"}, "name the file only"},
      {{"--outputdir=x", "./old", "./new"}, "--folder"},
      {{"--run=3", "./old", "./new"}, "did you mean --runs"},
  };
  for (const auto& mistake : mistakes) {
    std::vector<std::string> words = mistake.words;
    words.insert(words.begin(), {"compare", "--folder=kept"});
    ExpectRefused(folder_.Run(words), 2, mistake.line);
  }
  EXPECT_FALSE(Has("kept"));
}

TEST_F(CompareCommand, TellsOnATerminalHowFarItIs) {
  setenv("BENCH", COMPARED_BENCH, 1);
  const TerminalResult result = RunOnTerminal(
      {TOOL, "compare", "--folder=kept", "--runs=2", "./old", "./new"}, 80,
      folder_.path());
  EXPECT_EQ(result.exit_code, 0) << result.text;
  EXPECT_NE(result.text.find("\r\x1b[K3 of 4 runs, "), std::string::npos)
      << result.text;
  EXPECT_NE(result.text.find(" left"), std::string::npos) << result.text;
  EXPECT_EQ(result.text.find("at most"), std::string::npos) << result.text;
  const TerminalResult earlier =
      RunOnTerminal({TOOL, "compare", "--folder=kept2", "--runs=2",
                     "--until-decided", "./old", "./new"},
                    80, folder_.path());
  EXPECT_NE(earlier.text.find("new now, at most "), std::string::npos)
      << earlier.text;
}

}  // namespace
}  // namespace bench_profiler
