#include "bench_profiler/run/run_log.h"

#include <gtest/gtest.h>

#include <vector>

namespace bench_profiler {
namespace {

constexpr RegionKind kKind;

RegionResult Result(const char* name, int repetitions, int extra_runs = 0) {
  RegionResult result;
  result.name = name;
  result.repetitions = repetitions;
  result.extra_runs = extra_runs;
  return result;
}

// The repetition of each run of `benchmark`, in order.
std::vector<int> Repetitions(const RunLog& log, uint32_t benchmark) {
  RawProfile data;
  log.FillIn(&data);
  std::vector<int> repetitions;
  for (const RunRow& run : data.runs) {
    if (run.has_region && run.region == benchmark) {
      repetitions.push_back(run.repetition);
    }
  }
  return repetitions;
}

TEST(RunLog, TheLastRunsAreTheMeasuredOnes) {
  StringTable strings;
  RunLog log(&strings);
  const uint32_t benchmark = log.AddRegion(&kKind, "", "BM");
  for (int i = 0; i < 5; ++i) log.AddRun(benchmark);
  log.Report(benchmark, Result("BM/full", 2));
  EXPECT_EQ(Repetitions(log, benchmark), (std::vector<int>{-1, -1, -1, 0, 1}));
}

TEST(RunLog, ExtraRunsOfManagersAreNotMeasured) {
  StringTable strings;
  RunLog log(&strings);
  const uint32_t benchmark = log.AddRegion(&kKind, "", "BM");
  for (int i = 0; i < 6; ++i) log.AddRun(benchmark);
  log.Report(benchmark, Result("BM", 2, 1));
  EXPECT_EQ(Repetitions(log, benchmark),
            (std::vector<int>{-1, -1, 0, -1, 1, -1}));
}

TEST(RunLog, InterleavedBenchmarksKeepTheirRuns) {
  StringTable strings;
  RunLog log(&strings);
  const uint32_t a = log.AddRegion(&kKind, "", "A");
  const uint32_t b = log.AddRegion(&kKind, "", "B");
  for (const uint32_t benchmark : {a, a, b, b, a, b, b, a}) {
    log.AddRun(benchmark);
  }
  log.Report(b, Result("B", 3));
  log.Report(a, Result("A", 3));
  EXPECT_EQ(Repetitions(log, a), (std::vector<int>{-1, 0, 1, 2}));
  EXPECT_EQ(Repetitions(log, b), (std::vector<int>{-1, 0, 1, 2}));
}

TEST(RunLog, ASecondReportLeavesTheFirstAlone) {
  StringTable strings;
  RunLog log(&strings);
  const uint32_t benchmark = log.AddRegion(&kKind, "", "BM");
  log.AddRun(benchmark);
  log.Report(benchmark, Result("BM", 1));
  log.AddRun(benchmark);
  log.AddRun(benchmark);
  log.Report(benchmark, Result("BM", 1));
  EXPECT_EQ(Repetitions(log, benchmark), (std::vector<int>{0, -1, 0}));
}

TEST(RunLog, MoreRepetitionsThanRunsDoNoHarm) {
  StringTable strings;
  RunLog log(&strings);
  const uint32_t benchmark = log.AddRegion(&kKind, "", "BM");
  log.AddRun(benchmark);
  log.Report(benchmark, Result("BM", 100));
  EXPECT_EQ(Repetitions(log, benchmark).size(), 1u);
}

TEST(RunLog, UnseenBenchmarksGetTheTimeSinceTheLastReport) {
  StringTable strings;
  RunLog log(&strings);
  const uint32_t outside = log.AddOutsideRun();
  log.ReportUnseen(&kKind, Result("BM_Unseen", 1));
  RawProfile data;
  log.FillIn(&data);
  ASSERT_TRUE(data.runs[outside].has_region);
  const RegionRow& row = data.regions[data.runs[outside].region];
  EXPECT_STREQ(strings.Get(row.name), "BM_Unseen");
  EXPECT_FALSE(row.hooked);
  EXPECT_EQ(log.unseen(), 1u);
}

TEST(RunLog, ABenchmarkWhoseLoopIsUnseenCountsOnce) {
  StringTable strings;
  RunLog log(&strings);
  log.AddRegion(&kKind, "", "seen");
  const uint32_t benchmark = log.AddRegion(&kKind, "", "unseen");
  log.SetUnseen(log.AddRun(benchmark));
  log.SetUnseen(log.AddRun(benchmark));
  EXPECT_EQ(log.unseen(), 1u);
  RawProfile data;
  log.FillIn(&data);
  EXPECT_TRUE(data.regions[0].hooked);
  EXPECT_FALSE(data.regions[benchmark].hooked);
}

}  // namespace
}  // namespace bench_profiler
