// A comparison as a comment in a pull request.
#include "bench_profiler/compare/markdown.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/compare/made_up_comparison.h"

namespace bench_profiler {
namespace {

constexpr size_t kLongestComment = 60000;

std::string Markdown(const Comparison& comparison) {
  return WriteAs("markdown", comparison);
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool StartsWith(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos;
       at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

// What is not folded.
std::string Open(const std::string& markdown) {
  std::string open;
  bool is_folded = false;
  for (const std::string& line : Lines(markdown)) {
    if (StartsWith(line, "<details>")) is_folded = true;
    if (!is_folded) open += line + "\n";
    if (line == "</details>") is_folded = false;
  }
  return open;
}

// How many cells GitHub makes of a row: "|" that are not behind a "\".
size_t Cells(const std::string& row) {
  size_t cells = 0;
  for (size_t i = 1; i < row.size(); ++i) {
    if (row[i] == '|' && row[i - 1] != '\\') ++cells;
  }
  return cells;
}

void ExpectWellFormed(const std::string& markdown) {
  EXPECT_LT(markdown.size(), kLongestComment);
  const std::vector<std::string> lines = Lines(markdown);
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines[0], "<!-- bench_profiler -->");
  size_t open_folds = 0;
  for (const std::string& line : lines) {
    if (StartsWith(line, "|")) {
      EXPECT_EQ(Cells(line), 6U) << line;
    } else if (StartsWith(line, "<details><summary>")) {
      EXPECT_EQ(open_folds, 0U) << line;
      ++open_folds;
    } else if (line == "</details>") {
      EXPECT_EQ(open_folds, 1U);
      --open_folds;
    }
  }
  EXPECT_EQ(open_folds, 0U);
}

TEST(Markdown, SaysWhatChangedAndWhichFunctionDidIt) {
  Comparison comparison = MadeUpComparison();
  comparison.benchmarks = {
      MadeUpBenchmark("BM_Hash", Verdict::kUnchanged, 0.001),
      MadeUpBenchmark("BM_Sort/8", Verdict::kSlower, 0.05)};
  comparison.benchmarks[1].measures[0].functions = {
      MadeUpFunction("Partition", Verdict::kSlower, 0.048),
      MadeUpFunction("Swap", Verdict::kUnchanged, 0.002)};
  const std::string markdown = Markdown(comparison);
  ExpectWellFormed(markdown);
  const std::string open = Open(markdown);
  EXPECT_NE(open.find("### 1 of 2 benchmarks is slower, 1 is unchanged\n"),
            std::string::npos);
  EXPECT_NE(open.find("From `old` (10 processes) to `new` (10 processes)"),
            std::string::npos);
  EXPECT_NE(open.find("| `BM_Sort/8` | **slower** | 1 us | 1.05 us | +5.0 % | "
                      "+4.0 % to +6.0 % |"),
            std::string::npos)
      << markdown;
  EXPECT_NE(open.find("| `Partition` | **slower** |"), std::string::npos);
  EXPECT_EQ(open.find("`Swap`"), std::string::npos);
  EXPECT_EQ(open.find("`BM_Hash`"), std::string::npos);
  EXPECT_NE(markdown.find("`Swap`"), std::string::npos);
  EXPECT_NE(markdown.find("`BM_Hash`"), std::string::npos);
}

TEST(Markdown, NothingChanged) {
  Comparison comparison = MadeUpComparison();
  comparison.benchmarks = {
      MadeUpBenchmark("BM_Hash", Verdict::kUnchanged, 0.001)};
  const std::string markdown = Markdown(comparison);
  ExpectWellFormed(markdown);
  EXPECT_NE(markdown.find("### The benchmark is unchanged\n"),
            std::string::npos)
      << markdown;
  EXPECT_EQ(Open(markdown).find('|'), std::string::npos);
}

TEST(Markdown, EmptyComparisons) {
  ExpectWellFormed(Markdown(Comparison()));
  Comparison comparison;
  comparison.benchmarks.resize(3);
  comparison.benchmarks[1].measures.resize(2);
  comparison.benchmarks[1].measures[0].functions.resize(3);
  const std::string markdown = Markdown(comparison);
  ExpectWellFormed(markdown);
  EXPECT_EQ(markdown.find("nan"), std::string::npos) << markdown;
}

TEST(Markdown, SlowerOnesComeFirstThenFasterThenUndecided) {
  Comparison comparison = MadeUpComparison();
  comparison.benchmarks = {MadeUpBenchmark("A", Verdict::kUndecided, 0.2),
                           MadeUpBenchmark("B", Verdict::kFaster, -0.5),
                           MadeUpBenchmark("C", Verdict::kSlower, 0.03),
                           MadeUpBenchmark("D", Verdict::kSlower, 0.3)};
  comparison.benchmarks[0].measures[0].runs_to_decide = 24;
  const std::string open = Open(Markdown(comparison));
  EXPECT_LT(open.find("`D`"), open.find("`C`"));
  EXPECT_LT(open.find("`C`"), open.find("`B`"));
  EXPECT_LT(open.find("`B`"), open.find("`A`"));
  EXPECT_NE(open.find("undecided, 24 processes a side would decide"),
            std::string::npos);
}

TEST(Markdown, AllocationsAreToldWhereTheTimeIsTheSame) {
  Comparison comparison = MadeUpComparison();
  comparison.benchmarks = {MadeUpBenchmark("A", Verdict::kUnchanged, 0)};
  comparison.benchmarks[0].measures.push_back(
      MadeUpMeasure(Measure::kAllocs, Verdict::kSlower, 3, 1.0 / 3));
  const std::string open = Open(Markdown(comparison));
  EXPECT_NE(open.find("| `A` allocs/op | **more** | 3 | 4 | +33.3 % |"),
            std::string::npos)
      << open;
}

TEST(Markdown, TenBenchmarksAndFiveFunctionsOfEachAreOpen) {
  Comparison comparison = MadeUpComparison();
  for (int i = 0; i < 1000; ++i) {
    BenchmarkComparison benchmark = MadeUpBenchmark(
        "BM_" + std::to_string(i) + "/", Verdict::kSlower, 0.05 + i * 0.001);
    for (int j = 0; j < 100; ++j) {
      benchmark.measures[0].functions.push_back(MadeUpFunction(
          "Function" + std::to_string(j), Verdict::kSlower, 0.01));
    }
    comparison.benchmarks.push_back(benchmark);
  }
  const std::string markdown = Markdown(comparison);
  ExpectWellFormed(markdown);
  const std::string open = Open(markdown);
  EXPECT_EQ(Count(open, "| `BM_"), 10U);
  EXPECT_EQ(Count(open, "| `Function"), 50U);
  EXPECT_NE(open.find("`BM_999/`"), std::string::npos);
  EXPECT_NE(open.find("rows were left out"), std::string::npos);
  EXPECT_GT(markdown.size(), kLongestComment - 1000) << "cut too early";
}

TEST(Markdown, HostileNamesBreakNoTable) {
  for (const std::string& name : HostileNames()) {
    Comparison comparison = MadeUpComparison();
    comparison.old_side.title = name;
    comparison.warnings = {name, name};
    comparison.benchmarks = {MadeUpBenchmark(name, Verdict::kSlower, 0.05),
                             MadeUpBenchmark(name, Verdict::kUnchanged, 0)};
    comparison.benchmarks[0].notes = {name};
    comparison.benchmarks[0].measures[0].functions = {
        MadeUpFunction(name, Verdict::kSlower, 0.05)};
    comparison.benchmarks[0].measures[0].functions[0].note = name;
    ExpectWellFormed(Markdown(comparison));
  }
}

TEST(Markdown, IsShortWhateverComesIn) {
  Comparison comparison = MadeUpComparison();
  for (int i = 0; i < 20; ++i) {
    for (const std::string& name : HostileNames()) {
      comparison.warnings.push_back(name);
      comparison.benchmarks.push_back(
          MadeUpBenchmark(name, Verdict::kSlower, 1e300));
      comparison.benchmarks.back().notes = {name, name, name};
      comparison.benchmarks.back().measures[0].functions.assign(
          8, MadeUpFunction(name, Verdict::kSlower, 1e300));
    }
  }
  ExpectWellFormed(Markdown(comparison));
}

}  // namespace
}  // namespace bench_profiler
