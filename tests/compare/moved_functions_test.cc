// What Compare says of functions that are called something else now.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/compare/compare.h"
#include "function_changes.h"

namespace bench_profiler {
namespace {

using MovedFunctions = FunctionChanges;

TEST_F(MovedFunctions, ThatAreOnOneSideOnly) {
  const MeasureComparison added =
      Compare(FourRuns(1.0, {{kParse, 9000}}),
              FourRuns(1.5, {{kParse, 9000}, {kRead, 4500}}));
  EXPECT_EQ(added.functions[0].name, "read");
  EXPECT_EQ(added.functions[0].verdict, Verdict::kSlower);
  EXPECT_EQ(added.functions[0].note, "is not in OLD");
  EXPECT_EQ(added.functions[0].old_value, 0);
  const MeasureComparison gone =
      Compare(FourRuns(1.5, {{kParse, 9000}, {kRead, 4500}}),
              FourRuns(1.0, {{kParse, 9000}}));
  EXPECT_EQ(gone.functions[0].name, "read");
  EXPECT_EQ(gone.functions[0].verdict, Verdict::kFaster);
  EXPECT_EQ(gone.functions[0].note, "is not in NEW");
}

// read was called by parse, and is now a part of it.
TEST_F(MovedFunctions, ThatOnlyMoved) {
  std::vector<Trial> old_runs =
      FourRuns(1.0, {{kParse, 4000}, {kRead, 2000}, {kSort, 4000}});
  for (Trial& run : old_runs) run.calls[{kParse, kRead}] = 2000;
  const std::vector<Trial> new_runs =
      FourRuns(1.0, {{kParse, 6000}, {kSort, 4000}});
  const MeasureComparison time = Compare(old_runs, new_runs);
  const FunctionChange* const read = Find(time, "read");
  const FunctionChange* const parse = Find(time, "parse");
  ASSERT_TRUE(read != nullptr && parse != nullptr);
  EXPECT_EQ(read->verdict, Verdict::kUnchanged);
  EXPECT_EQ(read->note, "moved into parse, the sum is unchanged");
  EXPECT_EQ(parse->verdict, Verdict::kUnchanged);
  EXPECT_EQ(parse->note, "took over read, the sum is unchanged");
  // Without the call they have nothing to do with each other.
  for (Trial& run : old_runs) run.calls.clear();
  EXPECT_EQ(Find(Compare(old_runs, new_runs), "read")->verdict,
            Verdict::kFaster);
}

// What was inlined and got slower has not only moved.
TEST_F(MovedFunctions, ThatMovedAndGotSlower) {
  std::vector<Trial> old_runs =
      FourRuns(1.0, {{kParse, 4000}, {kRead, 2000}, {kSort, 4000}});
  for (Trial& run : old_runs) run.calls[{kParse, kRead}] = 2000;
  const MeasureComparison time =
      Compare(old_runs, FourRuns(1.2, {{kParse, 8000}, {kSort, 4000}}));
  EXPECT_EQ(Find(time, "parse")->verdict, Verdict::kSlower);
}

TEST_F(MovedFunctions, WhereAllWereRenamed) {
  const MeasureComparison time =
      Compare(FourRuns(1.0, {{kParse, 5000}, {kRead, 5000}}),
              FourRuns(1.0, {{kSort, 4000}, {kHash, 6000}}));
  for (const FunctionChange& row : time.functions) {
    EXPECT_EQ(row.verdict, Verdict::kUnchanged) << row.name;
    EXPECT_NE(row.note, "") << row.name;
  }
  bool is_told = false;
  for (const std::string& warning : comparison_.warnings) {
    is_told = is_told || warning.find("renamed") != std::string::npos;
  }
  EXPECT_TRUE(is_told);
}

TEST_F(MovedFunctions, WhereOnlyParametersChanged) {
  const uint32_t of_text = functions_.Add({"Load", "_Z4LoadPKc", "", 0});
  const uint32_t of_view = functions_.Add(
      {"Load", "_Z4LoadSt17basic_string_viewIcSt11char_traitsIcEE", "", 0});
  const MeasureComparison time =
      Compare(FourRuns(1.0, {{of_text, 5000}, {kRead, 5000}}),
              FourRuns(1.0, {{of_view, 5000}, {kRead, 5000}}));
  const FunctionChange* const load = Find(time, "Load");
  ASSERT_NE(load, nullptr);
  EXPECT_EQ(time.functions.size(), 2U);
  EXPECT_EQ(load->function, of_view);
  EXPECT_EQ(load->verdict, Verdict::kUnchanged);
  EXPECT_EQ(load->note, "was Load(char const*)");
  // Where both are on a side, they are two functions, shown in full.
  const MeasureComparison both =
      Compare(FourRuns(1.0, {{of_text, 5000}, {of_view, 5000}}),
              FourRuns(1.0, {{of_text, 5000}, {of_view, 5000}}));
  EXPECT_EQ(both.functions.size(), 2U);
  EXPECT_NE(Find(both, "Load(char const*)"), nullptr);
}

}  // namespace
}  // namespace bench_profiler
