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
  for (int i = 0; i < 5; ++i) log.AddRun(benchmark, 1);
  log.Report(benchmark, Result("BM/full", 2));
  EXPECT_EQ(Repetitions(log, benchmark), (std::vector<int>{-1, -1, -1, 0, 1}));
}

TEST(RunLog, ExtraRunsOfManagersAreNotMeasured) {
  StringTable strings;
  RunLog log(&strings);
  const uint32_t benchmark = log.AddRegion(&kKind, "", "BM");
  for (int i = 0; i < 6; ++i) log.AddRun(benchmark, 1);
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
    log.AddRun(benchmark, 1);
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
  log.AddRun(benchmark, 1);
  log.Report(benchmark, Result("BM", 1));
  log.AddRun(benchmark, 1);
  log.AddRun(benchmark, 1);
  log.Report(benchmark, Result("BM", 1));
  EXPECT_EQ(Repetitions(log, benchmark), (std::vector<int>{0, -1, 0}));
}

TEST(RunLog, MeasuredRunsHaveTheirResults) {
  StringTable strings;
  RunLog log(&strings);
  const uint32_t benchmark = log.AddRegion(&kKind, "", "BM");
  for (int i = 0; i < 3; ++i) log.AddRun(benchmark, 100 + i);
  const uint32_t last = 3;
  log.AddAllocations(last, 2, 64);
  log.AddAllocations(last, 1, 8);  // of another thread
  const RunResult runs[] = {{10, 0.5, 0.25}, {20, 1, 0.75}};
  RegionResult result = Result("BM", 2);
  result.runs = {runs, 2};
  log.Report(benchmark, result);
  RawProfile data;
  log.FillIn(&data);
  EXPECT_LT(data.runs[1].iterations, 0);
  EXPECT_EQ(data.runs[2].iterations, 10);
  EXPECT_EQ(data.runs[2].start_nanos, 101);
  EXPECT_LT(data.runs[2].allocations, 0);
  EXPECT_EQ(data.runs[last].cpu_seconds, 1);
  EXPECT_EQ(data.runs[last].real_seconds, 0.75);
  EXPECT_EQ(data.runs[last].allocations, 3);
  EXPECT_EQ(data.runs[last].allocated_bytes, 72);
}

TEST(RunLog, MoreRepetitionsThanRunsDoNoHarm) {
  StringTable strings;
  RunLog log(&strings);
  const uint32_t benchmark = log.AddRegion(&kKind, "", "BM");
  log.AddRun(benchmark, 1);
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

TEST(RunLog, UnseenBenchmarksHaveTheResultsOfTheirRuns) {
  StringTable strings;
  RunLog log(&strings);
  log.AddOutsideRun();
  const RunResult run = {10, 0.5, 0.25};
  RegionResult result = Result("BM_Unseen", 1);
  result.runs = {&run, 1};
  log.ReportUnseen(&kKind, result);
  EXPECT_EQ(Repetitions(log, 0), (std::vector<int>{-1, 0}));
  RawProfile data;
  log.FillIn(&data);
  EXPECT_EQ(data.runs[2].iterations, 10);
  EXPECT_EQ(data.runs[2].start_nanos, 0);
}

TEST(RunLog, ABenchmarkWhoseLoopIsUnseenCountsOnce) {
  StringTable strings;
  RunLog log(&strings);
  log.AddRegion(&kKind, "", "seen");
  const uint32_t benchmark = log.AddRegion(&kKind, "", "unseen");
  log.SetUnseen(log.AddRun(benchmark, 1));
  log.SetUnseen(log.AddRun(benchmark, 1));
  EXPECT_EQ(log.unseen(), 1u);
  RawProfile data;
  log.FillIn(&data);
  EXPECT_TRUE(data.regions[0].hooked);
  EXPECT_FALSE(data.regions[benchmark].hooked);
}

}  // namespace
}  // namespace bench_profiler
