#include "bench_profiler/compare/page_of_comparison.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "bench_profiler/compare/html.h"
#include "bench_profiler/compare/read_side.h"
#include "made_folder.h"
#include "made_up_comparison.h"
#include "tests/html/page_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

const std::string& Evil() {
  static const auto* const evil = new std::string(
      "</script><script>alert(1)</script><!--\"'><img src=x onerror=alert(1)>");
  return *evil;
}

class PageOfComparisonTest : public testing::Test {
 protected:
  // A process with a CPU profile of BM_Sort.
  void Write(const std::string& process,
             const std::vector<MadeSample>& samples) {
    MadeRun run;
    run.benchmarks = {{"BM_Sort", {1e-6}, samples}};
    WriteMadeRun(Path(process), run);
  }

  std::string Path(const std::string& process) const {
    return folder_ / (process + "/cpu.prof.d");
  }

  // Compares nothing: a test says what the verdicts are.
  void Read() {
    std::vector<std::string> warnings;
    std::string error;
    ASSERT_TRUE(ReadSide({folder_ / "old"}, "old", &functions_, &old_,
                         &warnings, &error))
        << error;
    ASSERT_TRUE(ReadSide({folder_ / "new"}, "new", &functions_, &new_,
                         &warnings, &error))
        << error;
    comparison_ = MadeUpComparison();
    comparison_.benchmarks = {
        MadeUpBenchmark("BM_Sort", Verdict::kSlower, 0.25)};
  }

  void AddFunction(const std::string& name, Verdict verdict, double by) {
    FunctionChange change = MadeUpFunction(name, verdict, by);
    for (uint32_t i = 0; i < functions_.size(); ++i) {
      if (functions_[i].name == name) change.function = i;
    }
    comparison_.benchmarks[0].measures[0].functions.push_back(change);
  }

  ComparisonInputs Inputs() const {
    return {old_, new_, functions_, "", false};
  }
  PageData Page() const { return PageOfComparison(comparison_, Inputs()); }

  TemporaryFolder folder_;
  FunctionTable functions_;
  Side old_;
  Side new_;
  Comparison comparison_;
};

// "name old new", per operation, indented by depth.
std::vector<std::string> NodesOf(const PageData& data, const PageTree& tree) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < tree.nodes.size(); ++i) {
    const PageTree::Node& node = tree.nodes[i];
    const auto value = [&](int64_t amount) {
      return std::to_string(amount / tree.divisor);
    };
    texts.push_back(std::string(node.depth, ' ') +
                    data.frames[node.frame].name + " " +
                    value(tree.old_self[i]) + " " + value(node.self));
  }
  return texts;
}

TEST_F(PageOfComparisonTest, TreesAreSumsOfAllProcessesPerOperation) {
  Write("old/1", {{{"Sort", "main"}, 30}, {{"Gone", "main"}, 10}});
  Write("old/2", {{{"+Sort", "main"}, 50}, {{"Gone", "main"}, 10}});
  Write("new/1", {{{"Sort", "main"}, 300}, {{"Fresh", "Sort", "main"}, 100}});
  Read();
  AddFunction("Sort", Verdict::kSlower, 0.2);
  AddFunction("Gone", Verdict::kFaster, -0.2);
  const PageData data = Page();
  ASSERT_EQ(data.benchmarks.size(), 1u);
  ASSERT_EQ(data.kinds.size(), 1u);
  EXPECT_EQ(data.kinds[0].name, "time");
  const PageTree& tree = *data.benchmarks[0].profiles[0];
  // 1 us and 1.25 us: 80 of 100 samples, 300 of 400. The two places of Sort,
  // inlined and not, are one.
  EXPECT_EQ(NodesOf(data, tree),
            (std::vector<std::string>{"main 0 0", " Sort 800 937",
                                      "  Fresh 0 312", " Gone 200 0"}));
  ASSERT_EQ(tree.changes.size(), 2u);
  EXPECT_EQ(data.frames[tree.changes[0].frame].name, "Sort");
  EXPECT_EQ(tree.changes[0].verdict, PageVerdict::kMore);
  EXPECT_NEAR(tree.changes[0].old_value, 100, 1e-9);
  EXPECT_EQ(data.frames[tree.changes[1].frame].name, "Gone");
  EXPECT_EQ(tree.changes[1].verdict, PageVerdict::kLess);
  EXPECT_NEAR(data.benchmarks[0].changes[0]->new_value, 1250, 1e-9);
}

TEST_F(PageOfComparisonTest, CopiesOfAFunctionAreOne) {
  Write("old/1", {{{"Sort", "main"}, 10}});
  Write("new/1", {{{"Sort.isra.0", "main.cold"}, 10}});
  Read();
  const PageData data = Page();
  EXPECT_EQ(NodesOf(data, *data.benchmarks[0].profiles[0]),
            (std::vector<std::string>{"main 0 0", " Sort 1000 1250"}));
}

TEST_F(PageOfComparisonTest, OfAProgramWithoutOperationsSharesAreShown) {
  Write("old/1", {{{"Sort", "main"}, 10}, {{"Find", "main"}, 30}});
  Write("new/1", {{{"Sort", "main"}, 80}, {{"Find", "main"}, 20}});
  Read();
  MeasureComparison& measure = comparison_.benchmarks[0].measures[0];
  measure.old_value = measure.new_value = measure.change = NAN;
  const PageData data = Page();
  EXPECT_EQ(data.kinds[0].unit, "%");
  EXPECT_EQ(data.benchmarks[0].iterations, 0);
  EXPECT_EQ(
      NodesOf(data, *data.benchmarks[0].profiles[0]),
      (std::vector<std::string>{"main 0 0", " Sort 25 80", " Find 75 20"}));
}

TEST_F(PageOfComparisonTest, AProfileThatIsGoneIsToldOf) {
  Write("old/1", {{{"Sort"}, 10}});
  Write("new/1", {{{"Sort"}, 10}});
  Read();
  ASSERT_EQ(std::remove((Path("new/1") + "/BM_Sort.prof").c_str()), 0);
  const PageData data = Page();
  EXPECT_TRUE(data.kinds.empty());
  ASSERT_EQ(data.comparison->warnings.size(), 1u);
  EXPECT_NE(data.comparison->warnings[0].find("BM_Sort.prof"),
            std::string::npos);
}

TEST_F(PageOfComparisonTest, WhatChangedStandsFirst) {
  comparison_ = MadeUpComparison();
  comparison_.benchmarks = {
      MadeUpBenchmark("BM_Same", Verdict::kUnchanged, 0.001),
      MadeUpBenchmark("BM_Slower", Verdict::kSlower, 0.1)};
  comparison_.benchmarks.emplace_back();
  comparison_.benchmarks.back().name = "BM_New";
  comparison_.benchmarks.back().notes = {"is not in OLD"};
  comparison_.machine_drift = 0.04;
  comparison_.benchmarks[0].measures[0].verdict = Verdict::kUndecided;
  comparison_.benchmarks[0].measures[0].runs_to_decide = 12;
  const PageData data = Page();
  EXPECT_EQ(data.benchmarks[0].name, "BM_Slower");
  EXPECT_EQ(data.title, "old \xe2\x86\x92 new");
  const std::string html = ComparisonAsHtml(comparison_, Inputs());
  const std::string rows = html.substr(0, html.find("bench-profiler-data"));
  EXPECT_LT(rows.find("BM_Slower"), rows.find("BM_Same"));
  EXPECT_NE(rows.find("<th scope=row>BM_Slower<td>slower<td>1 us<td>1.1 us"
                      "<td>+10.0 %<td>+9.0 % to +11.0 %"),
            std::string::npos);
  EXPECT_NE(rows.find("<li>the whole suite moved by +4.0 %"),
            std::string::npos);
  EXPECT_NE(rows.find("is not in OLD"), std::string::npos);
  EXPECT_NE(rows.find("time/op: 12 processes a side would decide it"),
            std::string::npos);
}

TEST_F(PageOfComparisonTest, NamesAreNeverMarkup) {
  Write("old/1", {{{Evil(), "main"}, 10}});
  Write("new/1", {{{Evil(), "main"}, 10}});
  Read();
  AddFunction(Evil(), Verdict::kSlower, 0.2);
  comparison_.old_side.title = Evil();
  comparison_.old_side.context.command = Evil();
  comparison_.warnings = {Evil()};
  comparison_.benchmarks[0].notes = {Evil()};
  comparison_.benchmarks[0].measures[0].functions[0].note = Evil();
  const std::string html = ComparisonAsHtml(comparison_, Inputs());
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_EQ(html.find("<!--"), std::string::npos);
  EXPECT_EQ(html.find("<script>alert"), std::string::npos);
  const Json data = DataIn(html);
  EXPECT_EQ(data["comparison"]["old"], Evil());
  EXPECT_EQ(data["benchmarks"][0]["profiles"][0]["functions"][0][7], Evil());
}

TEST_F(PageOfComparisonTest, AnythingCanBeAName) {
  comparison_ = MadeUpComparison();
  for (const std::string& name : HostileNames()) {
    comparison_.benchmarks.push_back(
        MadeUpBenchmark(name, Verdict::kFaster, -0.1));
  }
  EXPECT_EQ(DataIn(WriteAs("html", comparison_))["benchmarks"].size(),
            HostileNames().size());
}

}  // namespace
}  // namespace bench_profiler
