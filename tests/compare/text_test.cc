#include "bench_profiler/compare/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "bench_profiler/compare/side_differences.h"
#include "bench_profiler/compare/text_table.h"
#include "made_up_comparison.h"

namespace bench_profiler {
namespace {

Comparison With(const std::vector<BenchmarkComparison>& benchmarks) {
  Comparison comparison = MadeUpComparison();
  comparison.benchmarks = benchmarks;
  return comparison;
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The first line with this part; "" if there is none.
std::string LineWith(const std::string& text, const std::string& part) {
  for (const std::string& line : LinesOf(text)) {
    if (line.find(part) != std::string::npos) return line;
  }
  return "";
}

TEST(ComparisonText, HeadlinesCount) {
  const BenchmarkComparison slower =
      MadeUpBenchmark("BM_A", Verdict::kSlower, 0.1);
  const BenchmarkComparison faster =
      MadeUpBenchmark("BM_B", Verdict::kFaster, -0.1);
  const BenchmarkComparison same =
      MadeUpBenchmark("BM_C", Verdict::kUnchanged, 0);
  const BenchmarkComparison undecided =
      MadeUpBenchmark("BM_D", Verdict::kUndecided, 0.01);
  BenchmarkComparison gone;
  gone.name = "BM_Gone";
  EXPECT_EQ(Headline(With({slower, slower, faster, same, same, gone})),
            "2 of 5 benchmarks are slower, 1 is faster, 2 are unchanged");
  EXPECT_EQ(Headline(With({slower, undecided})),
            "1 of 2 benchmarks is slower, 1 is undecided");
  EXPECT_EQ(Headline(With({same, same})), "all 2 benchmarks are unchanged");
  EXPECT_EQ(Headline(With({same})), "the benchmark is unchanged");
  EXPECT_EQ(Headline(With({gone})), "no benchmark is on both sides");
  EXPECT_EQ(Headline(With({})), "no benchmark is on both sides");
}

TEST(ComparisonText, LooksAsDocumented) {
  BenchmarkComparison slower =
      MadeUpBenchmark("BM_ParseJson/2000", Verdict::kSlower, 0.051);
  slower.measures[0].functions = {
      MadeUpFunction("ParseString", Verdict::kSlower, 0.048),
      MadeUpFunction("ParseArray", Verdict::kUnchanged, 0.002)};
  slower.measures[0].functions[0].note = "moved into Parse";
  slower.measures[0].detectable = 0.012;
  slower.measures.push_back(
      MadeUpMeasure(Measure::kAllocs, Verdict::kSlower, 18000, 0.001));
  slower.measures.back().interval = {};
  slower.notes = {"failed in 2 of 10 processes of NEW"};
  Comparison comparison =
      With({MadeUpBenchmark("BM_Same", Verdict::kUnchanged, 0.003), slower});
  comparison.warnings = {"OLD is a debug build, NEW a release build"};
  EXPECT_EQ(
      WriteAs("text", comparison),
      "1 of 2 benchmarks is slower, 1 is unchanged\n"
      "allocs/op: more in 1 benchmark\n"
      "from old (10 processes) to new (10 processes), per operation\n"
      "warning: OLD is a debug build, NEW a release build\n"
      "\n"
      "      old        new            change  verdict    "
      "benchmark, its functions\n"
      "     1 us    1.05 us      +5.1 % ± 1.0  slower     BM_ParseJson/2000\n"
      "   100 ns     105 ns      +4.8 % ± 1.0  slower       ParseString\n"
      "                                                       moved into "
      "Parse\n"
      "    18000      18018            +0.1 %  more         allocs/op\n"
      "                                                       failed in 2 of "
      "10 processes of NEW\n"
      "     1 us       1 us      +0.3 % ± 1.0  unchanged  BM_Same\n"
      "\n"
      "Functions: what they cost without what they call, and the change in "
      "percent of\n"
      "their benchmark.\nOne that has a tenth of it is found from a change by "
      "1.2 % on.\n");
}

TEST(ComparisonText, VerdictsOfRows) {
  BenchmarkComparison slower = MadeUpBenchmark("BM_A", Verdict::kSlower, 0.1);
  slower.notes = {"slower  slower slower slower slower"};
  const std::string text = WriteAs(
      "text",
      With({slower, MadeUpBenchmark("x  faster", Verdict::kUnchanged, 0)}));
  const std::vector<std::string> lines = LinesOf(text);
  std::vector<std::string> verdicts;
  for (const std::string& line : lines) {
    verdicts.emplace_back(VerdictOfRow(line));
  }
  EXPECT_EQ(verdicts, (std::vector<std::string>{"", "", "", "verdict", "slower",
                                                "", "unchanged"}))
      << text;
}

TEST(ComparisonText, WhatIsCountedHasNoError) {
  BenchmarkComparison counted =
      MadeUpBenchmark("BM_Sort", Verdict::kSlower, 0.1);
  counted.measures[0] =
      MadeUpMeasure(Measure::kInstructions, Verdict::kSlower, 100000, 0.1);
  counted.measures[0].interval = {0.1, 0.1};
  counted.measures[0].detectable = 0.001;
  const std::string text = WriteAs("text", With({counted}));
  EXPECT_EQ(LinesOf(text)[0], "the benchmark is slower (instructions/op)");
  EXPECT_NE(LineWith(text, "+10.0 %  more  "), "") << text;
  EXPECT_EQ(LineWith(text, "is found from"), "") << text;
}

TEST(ComparisonText, FunctionsOfQuietBenchmarks) {
  std::vector<BenchmarkComparison> benchmarks(
      100, MadeUpBenchmark("BM_Same", Verdict::kUnchanged, 0));
  benchmarks.push_back(MadeUpBenchmark("BM_Noise", Verdict::kUndecided, 0.3));
  benchmarks.push_back(MadeUpBenchmark("BM_Quiet", Verdict::kUnchanged, 0.01));
  benchmarks.back().measures[0].functions = {
      MadeUpFunction("Parse", Verdict::kSlower, 0.05)};
  const std::string text = WriteAs("text", With(benchmarks));
  EXPECT_EQ(LinesOf(text)[1],
            "functions changed in 1 benchmark that is undecided or unchanged");
  // It stands first, and is not one of those that are only counted.
  EXPECT_NE(LinesOf(text)[5].find("BM_Quiet"), std::string::npos) << text;
  EXPECT_NE(LinesOf(text)[6].find("  Parse"), std::string::npos) << text;
}

TEST(ComparisonText, ManyOfOneKindAreCounted) {
  std::vector<BenchmarkComparison> benchmarks(
      1000, MadeUpBenchmark("BM_Same", Verdict::kUnchanged, 0));
  benchmarks.push_back(MadeUpBenchmark("BM_Last", Verdict::kSlower, 0.1));
  for (int i = 0; i < 30; ++i) {
    benchmarks.back().measures[0].functions.push_back(
        MadeUpFunction("f" + std::to_string(i), Verdict::kSlower, 0.01));
  }
  const std::string text = WriteAs("text", With(benchmarks));
  EXPECT_LT(LinesOf(text).size(), 80u);
  EXPECT_NE(LineWith(text, "BM_Last"), "");
  EXPECT_NE(LineWith(text, "and 950 more that are unchanged"), "");
  EXPECT_NE(LineWith(text, "and 20 more functions"), "");
}

TEST(ComparisonText, NamesBreakNoRows) {
  std::vector<BenchmarkComparison> benchmarks;
  for (const std::string& name : HostileNames()) {
    benchmarks.push_back(MadeUpBenchmark(name, Verdict::kSlower, 0.1));
    benchmarks.back().measures[0].functions = {
        MadeUpFunction(name, Verdict::kSlower, 0.1)};
    benchmarks.back().measures[0].functions[0].note = name;
    benchmarks.back().notes = {name};
  }
  Comparison comparison = With(benchmarks);
  comparison.old_side.title = "\x1b[2J";
  comparison.warnings = {"two\nlines"};
  const std::string text = WriteAs("text", comparison);
  EXPECT_EQ(LinesOf(text).size(), 4 * benchmarks.size() + 7);
  EXPECT_TRUE(std::none_of(text.begin(), text.end(), [](char c) {
    return c != '\n' && static_cast<unsigned char>(c) < 0x20;
  }));
}

TEST(ComparisonText, WhatIsUnknownIsNoNumber) {
  BenchmarkComparison program;
  program.name = "program";
  program.measures.resize(1);
  BenchmarkComparison gone;
  gone.name = "BM_Gone";
  gone.notes = {"is not in NEW"};
  const std::string text = WriteAs("text", With({program, gone}));
  EXPECT_EQ(text.find("nan"), std::string::npos) << text;
  EXPECT_NE(LineWith(text, "BM_Gone"), "");
  EXPECT_NE(LineWith(text, "is not in NEW"), "");
}

Side SideWith(const RunContext& context, int64_t rate) {
  Side side;
  side.processes.resize(2);
  for (Process& process : side.processes) {
    process.context = context;
    process.rate = rate;
  }
  return side;
}

TEST(SideDifferences, TellsWhatIsNotTheProgram) {
  RunContext context;
  context.build_type = "debug";
  context.compiler = "g++ 12.2.0";
  context.cpus = 2;
  context.cpu_model = "AMD EPYC";
  context.host = "a";
  context.command = "./bench --cpuprofile=x --cpuprofileclock=task";
  RunContext other = context;
  other.build_type = "release";
  other.compiler = "";  // unknown: no difference
  other.cpus = 8;
  other.host = "b";
  other.command = "./bench --cpuprofile=x";
  EXPECT_EQ(
      SideDifferences(SideWith(context, 1000), SideWith(other, 100)),
      (std::vector<std::string>{
          "OLD is a debug build, NEW is a release build",
          "OLD ran on 2 x AMD EPYC, NEW ran on 8 x AMD EPYC",
          "OLD ran on the machine a, NEW ran on the machine b",
          "OLD has 1000 samples a second, NEW has 100 samples a second",
          "OLD was sampled by the clock task, NEW was sampled by the clock "
          "thread"}));
  EXPECT_TRUE(
      SideDifferences(SideWith(other, 100), SideWith(other, 100)).empty());
  EXPECT_EQ(SideDifferences(SideWith(context, 100), SideWith(context, 100)),
            (std::vector<std::string>{
                "both are debug builds: what is slow is something else"}));
}

TEST(SideDifferences, TellsWhatOnlyOneSideHas) {
  Side old_side = SideWith({}, 0);
  old_side.processes[1].benchmarks.resize(1);
  auto& measures = old_side.processes[1].benchmarks[0].measures;
  measures[Measure::kTime].file = "cpu.prof.d/BM_Sort.prof";
  measures[Measure::kAllocs].file = "mem.prof.d/BM_Sort.prof";
  measures[Measure::kBytes].file = "mem.prof.d/BM_Sort.prof";
  EXPECT_EQ(SideDifferences(old_side, SideWith({}, 0)),
            (std::vector<std::string>{
                "only OLD has cpu profiles: no functions of time/op",
                "only OLD has heap profiles, which make it slower"}));
}

}  // namespace
}  // namespace bench_profiler
