// The command diff, as a user runs it.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/command/terminal.h"
#include "tests/command/tool.h"
#include "tests/compare/made_folder.h"

namespace bench_profiler {
namespace {

// Processes that take turns, and whose times differ by a little.
class DiffTest : public testing::Test {
 protected:
  // The process of this number, with Less in Sort; as much slower as asked for,
  // by the time that Less takes.
  MadeRun Sorting(int64_t process, double slower = 0) {
    const double luck = 1 + 0.001 * static_cast<double>(process % 3);
    const auto less = static_cast<int64_t>(200 + 1000 * slower);
    MadeRun run;
    run.start = ++starts_;
    run.benchmarks = {
        {"BM_Sort",
         {1e-3 * luck * (1 + slower)},
         {{{"Less", "Sort", "main"}, less}, {{"Sort", "main"}, 800}},
         /*allocs=*/3},
        {"BM_Hash", {2e-3 * luck}, {{{"Hash", "main"}, 1000 + process}}}};
    return run;
  }

  // old/1 to old/6, and new/1 to new/6.
  void WriteBoth(double slower) {
    for (int i = 1; i <= 6; ++i) {
      Write("old/" + std::to_string(i) + "/cpu.prof.d", Sorting(i));
      Write("new/" + std::to_string(i) + "/cpu.prof.d", Sorting(i, slower));
    }
  }

  void Write(const std::string& path, const MadeRun& run) {
    WriteMadeRun(folder_.path() + "/" + path, run);
  }

  ProgramResult Diff(std::vector<std::string> words) {
    words.insert(words.begin(), "diff");
    return folder_.Run(words);
  }

  const ToolFolder folder_;
  int64_t starts_ = 0;
};

TEST_F(DiffTest, SaysWhichBenchmarkChangedAndBySomeFunction) {
  WriteBoth(0.1);
  const ProgramResult result = Diff({"old", "new"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_TRUE(Has(result.out, "1 of 2 benchmarks is slower, 1 is unchanged\n"))
      << result.out;
  EXPECT_TRUE(Has(result.out, "from old (6 processes) to new (6 processes)"));
  EXPECT_TRUE(Has(result.out, "+10.0 % ± ")) << result.out;
  // Of the benchmark's 1 ms, Less had 0.2 and has 0.3.
  EXPECT_TRUE(Has(result.out, "   200 us     300 us     +10.0 % ± "))
      << result.out;
  EXPECT_TRUE(Has(result.out, "  slower       Less\n")) << result.out;
  EXPECT_FALSE(Has(result.out, "    Sort\n")) << result.out;
  EXPECT_FALSE(Has(result.out, "warning")) << result.out;
}

TEST_F(DiffTest, SaysNothingOfWhatIsTheSame) {
  WriteBoth(0);
  const ProgramResult result =
      Diff({"--strict", "--fail-above=1%,allocs:0", "old", "new"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_TRUE(Has(result.out, "all 2 benchmarks are unchanged\n"))
      << result.out;
}

TEST_F(DiffTest, PathsOfBothSides) {
  WriteBoth(0.1);
  const std::string all = Diff({"old", "new"}).out;
  const std::string table = all.substr(all.find("\n\n"));
  // As shells expand old/*, and with "--" for any numbers.
  for (const std::string line :
       {"$TOOL diff old/* new/*", "$TOOL diff old/* -- new/*",
        "$TOOL diff old/?/cpu.prof.d new/?/cpu.prof.d", "$TOOL diff .",
        "$TOOL diff old/1 old/2 old/3 old/4 old/5 old/6 -- new"}) {
    const ProgramResult result = folder_.Sh(line);
    EXPECT_EQ(result.exit_code, 0) << line << result.err;
    EXPECT_TRUE(Has(result.out, table)) << line << result.out;
  }
  EXPECT_TRUE(Has(folder_.Sh("$TOOL diff old/* new/*").out,
                  "from old/1 and 5 more (6 processes)"));
}

TEST_F(DiffTest, PathsInDoubtAreRefused) {
  WriteBoth(0);
  ExpectRefused(Diff({}), 2, "OLD and NEW are missing");
  ExpectRefused(Diff({"old"}), 2, "NEW is missing");
  ExpectRefused(Diff({"old", "--"}), 2, "NEW is missing");
  ExpectRefused(Diff({"--", "new"}), 2, "OLD is missing");
  ExpectRefused(Diff({"old/1", "old/2", "new/1"}), 2,
                "3 paths have no middle; OLD... -- NEW...");
  ExpectRefused(Diff({"old/1", "old/2", "old/3", "new/1"}), 2,
                "does NEW begin with old/3?");
  ExpectRefused(Diff({"old/1", "new/1", "new/2", "new/3"}), 2,
                "does NEW begin with new/2?");
}

TEST_F(DiffTest, LimitsDecideTheExitStatus) {
  WriteBoth(0.1);
  ProgramResult result = Diff({"--fail-above=20%", "old", "new"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  result = Diff({"--fail-above=5%", "old", "new"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_TRUE(Has(result.err,
                  "bench_profiler: BM_Sort: time/op +10.0 % is above 5 %\n"))
      << result.err;
  EXPECT_TRUE(Has(result.out, "BM_Sort"));
  // Also where the report goes elsewhere.
  result = Diff({"--fail-above=5%", "old", "new", "-o", "report.txt"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(Has(folder_.Read("report.txt"), "BM_Sort"));
  ExpectRefused(Diff({"--fail-above=lots", "old", "new"}), 2,
                "wrong limit: \"lots\"");
  ExpectRefused(Diff({"--min-effect=-1", "old", "new"}), 2, "--min-effect");
  ExpectRefused(Diff({"--format=word", "old", "new"}), 2, "--format=word");
}

TEST_F(DiffTest, SingleRunsDecideNothing) {
  WriteBoth(0.02);
  const ProgramResult result = Diff({"old/1", "new/1"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(Has(result.out, "are undecided")) << result.out;
  const ProgramResult strict = Diff({"--strict", "old/1", "new/1"});
  EXPECT_EQ(strict.exit_code, 3);
  EXPECT_TRUE(Has(strict.err, "BM_Sort: time/op is undecided")) << strict.err;
  EXPECT_TRUE(Has(strict.out, "BM_Sort"));
}

TEST_F(DiffTest, AllocationsAreCompared) {
  WriteBoth(0);
  for (int i = 1; i <= 6; ++i) {
    MadeRun run = Sorting(i);
    run.benchmarks[0].allocs = 4;
    Write("new/" + std::to_string(i) + "/cpu.prof.d", run);
  }
  const ProgramResult result = Diff({"--fail-above=allocs:0", "old", "new"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_TRUE(Has(result.err, "BM_Sort: allocs/op 3 -> 4 is above 0"))
      << result.err;
  EXPECT_TRUE(Has(result.out, "allocs/op: more in 1 benchmark\n"))
      << result.out;
}

TEST_F(DiffTest, CountsOfSingleRunsDecide) {
  for (const int64_t count : {500000, 510000}) {
    MadeRun run = Sorting(1);
    run.kind = "instructions";
    run.benchmarks.resize(1);
    run.benchmarks[0].samples = {{{"Less", "Sort", "main"}, count},
                                 {{"Sort", "main"}, 1500000}};
    run.context.cpus = 2;
    run.context.load = {30, 30, 30};
    Write(std::to_string(count) + "/count.prof.d", run);
  }
  const ProgramResult result =
      Diff({"--strict", "--fail-above=instructions:0.1%", "500000", "510000"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_TRUE(
      Has(result.err, "BM_Sort: instructions/op +0.5 % is above 0.1 %\n"))
      << result.err;
  EXPECT_TRUE(Has(result.out, "+0.5 %  more         Less\n")) << result.out;
  EXPECT_FALSE(Has(result.out, "warning")) << result.out;
  EXPECT_EQ(
      Diff({"--strict", "--fail-above=instructions:0", "500000", "500000"})
          .exit_code,
      0);
}

TEST_F(DiffTest, BenchmarksOfOneSideAreTold) {
  for (int i = 1; i <= 6; ++i) {
    MadeRun run = Sorting(i);
    run.benchmarks[1].name = "BM_Removed";
    // SkipWithError, or every benchmark that a crash left without a result.
    run.benchmarks.push_back({"BM_Skipped", {0}, {}});
    Write("old/" + std::to_string(i) + "/cpu.prof.d", run);
    run = Sorting(i);
    run.benchmarks[1].name = "BM_Added";
    run.benchmarks.push_back({"BM_Skipped", {1e-3}, {}});
    run.benchmarks[0].iterations = 7;  // others than of OLD
    Write("new/" + std::to_string(i) + "/cpu.prof.d", run);
  }
  const ProgramResult result = Diff({"old", "new"});
  EXPECT_EQ(result.exit_code, 0);
  for (const char* part : {"BM_Removed", "is not in NEW", "BM_Added",
                           "is not in OLD", "BM_Skipped"}) {
    EXPECT_TRUE(Has(result.out, part)) << part << result.out;
  }
  EXPECT_FALSE(Has(result.out, "nan")) << result.out;
  // Something that is gone can hide anything.
  EXPECT_EQ(Diff({"--strict", "old", "new"}).exit_code, 3);
}

TEST_F(DiffTest, NothingInCommonIsTold) {
  MadeRun run = Sorting(1);
  Write("old/1/cpu.prof.d", run);
  for (MadeBenchmark& benchmark : run.benchmarks) benchmark.name += "X";
  run.start = 77;
  Write("new/1/cpu.prof.d", run);
  const ProgramResult result = Diff({"old", "new"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(Has(result.out, "no benchmark is on both sides")) << result.out;
  EXPECT_EQ(Diff({"--fail-above=5%", "old", "new"}).exit_code, 1);
}

TEST_F(DiffTest, MistakesAreTold) {
  WriteBoth(0);
  const ProgramResult same = Diff({"old", "old"});
  EXPECT_EQ(same.exit_code, 0);
  EXPECT_TRUE(Has(same.out,
                  "warning: old/1/cpu.prof.d is both OLD and NEW, and so are 5 "
                  "more\n"))
      << same.out;
  // A copy, in another place.
  folder_.Sh("cp -r old/1 copy");
  EXPECT_TRUE(Has(Diff({"old/1", "copy"}).out,
                  "warning: copy/cpu.prof.d of NEW is the same run as "
                  "old/1/cpu.prof.d of OLD\n"));
  folder_.Sh("cp -r old/1 old/7");
  EXPECT_TRUE(Has(Diff({"old", "new"}).out,
                  "warning: old/7/cpu.prof.d is the same run as "
                  "old/1/cpu.prof.d; it counts once\n"));
}

TEST_F(DiffTest, OtherBuildsAndMachinesAreTold) {
  WriteBoth(0);
  MadeRun run = Sorting(1);
  run.context.build_type = "debug";
  run.context.host = "builder-7";
  run.rate = 100;
  Write("a/cpu.prof.d", run);
  run = Sorting(2);
  run.context.build_type = "release";
  run.context.host = "laptop";
  Write("b/cpu.prof.d", run);
  const ProgramResult result = Diff({"a", "b"});
  EXPECT_EQ(result.exit_code, 0);
  for (const char* part :
       {"warning: OLD is a debug build, NEW is a release build\n",
        "warning: OLD ran on the machine builder-7, NEW ran on the machine "
        "laptop\n",
        "warning: OLD has 100 samples a second, NEW has 1000 samples a "
        "second\n"}) {
    EXPECT_TRUE(Has(result.out, part)) << part << result.out;
  }
}

TEST_F(DiffTest, BadInputIsRefusedInALine) {
  WriteBoth(0);
  folder_.Sh(
      "mkdir empty; cp -r old/1 broken; cp -r old/2 cut; "
      "echo '{]' > broken/cpu.prof.d/index.json; "
      "for f in cut/cpu.prof.d/*.prof; do head -c 40 $f > x; "
      "mv x $f; done");
  ExpectRefused(Diff({"no-such", "new"}), 2, "no-such: no such file or folder");
  ExpectRefused(Diff({"old", "empty"}), 2,
                "empty: there are no profiles in it");
  ExpectRefused(Diff({"broken", "new"}), 2, "index.json: is no valid JSON");
  // The others are compared; of truncated profiles the times are known.
  const ProgramResult rest =
      folder_.Sh("cp -r broken cut old; $TOOL diff old new");
  EXPECT_EQ(rest.exit_code, 0);
  EXPECT_TRUE(Has(rest.out, "warning: old/broken/cpu.prof.d/index.json: "))
      << rest.out;
}

TEST_F(DiffTest, FormatsAreNamedOrFollowFromTheFile) {
  WriteBoth(0.1);
  const std::string json = Diff({"--format=json", "old", "new"}).out;
  EXPECT_EQ(json.substr(0, 1), "{");
  EXPECT_EQ(Diff({"old", "new", "-o", "folder/x.json"}).exit_code, 0);
  EXPECT_EQ(folder_.Read("folder/x.json"), json);
  EXPECT_EQ(Diff({"old", "new", "-o", "x.md"}).exit_code, 0);
  EXPECT_TRUE(Has(folder_.Read("x.md"), "<!-- bench_profiler -->"));
  EXPECT_EQ(Diff({"--format=bmf", "old", "new", "-o", "x.json"}).exit_code, 0);
  EXPECT_NE(folder_.Read("x.json"), json);
  ExpectRefused(Diff({"old", "new", "-o", "/dev/null/x.txt"}), 1, "/dev/null");
}

TEST_F(DiffTest, TerminalsColourAndCut) {
  WriteBoth(0.1);
  const std::string shown =
      RunOnTerminal({TOOL, "diff", "old", "new"}, 60, folder_.path()).text;
  EXPECT_TRUE(Has(shown, "\x1b[31m  ")) << shown;
  EXPECT_TRUE(Has(shown, "…")) << shown;
  EXPECT_FALSE(Has(Diff({"old", "new"}).out, "\x1b"));
  EXPECT_TRUE(Has(Diff({"--color=always", "new", "old"}).out, "\x1b[32m"));
}

TEST_F(DiffTest, NamesSteerNoTerminal) {
  for (const char* side : {"old", "new"}) {
    MadeRun run = Sorting(1);
    run.benchmarks[0].name = "BM\n\x1b[2J|`<b>";
    run.benchmarks[0].samples = {{{"f\x1b]0;x\x07", "main"}, 500}};
    Write(std::string(side) + "/cpu.prof.d", run);
  }
  const ProgramResult result = Diff({"--strict", "old", "new"});
  EXPECT_FALSE(Has(result.out, "\x1b")) << result.out;
  EXPECT_TRUE(Has(result.out, "BM??[2J|`<b>")) << result.out;
  EXPECT_FALSE(Has(result.err, "\x1b")) << result.err;
}

// Each in a function of its own, of another name in the other program.
TEST_F(DiffTest, ManyFunctions) {
  for (const char* side : {"old", "new"}) {
    MadeRun run = Sorting(1);
    ParsedProfile profile = MadeProfile("cpu", {});
    for (uint32_t i = 0; i < 30000; ++i) {
      ParsedFunction function;
      function.name = side + std::to_string(i);
      profile.functions.push_back(function);
      ParsedLocation location;
      location.lines.emplace_back();
      location.lines[0].function = i;
      profile.locations.push_back(location);
      ParsedSample sample;
      sample.locations = {i, i / 2};
      sample.values = {1, 1000000};
      profile.samples.push_back(sample);
    }
    Write(std::string(side) + "/cpu.prof.d", run);
    folder_.Write(std::string(side) + "/cpu.prof.d/BM_Sort.prof", profile);
  }
  const ProgramResult result = Diff({"old", "new"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_LT(result.out.size(), 10000u);
}

}  // namespace
}  // namespace bench_profiler
