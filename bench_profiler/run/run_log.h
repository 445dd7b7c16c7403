// Which benchmarks and tests ran, and how often: what a session's samples are
// told apart by.
//
//   StringTable strings;
//   RunLog log(&strings);
//   uint32_t benchmark = log.AddBenchmark("BM_Sort");
//   uint32_t run = log.AddRun(benchmark);
//   ...                             // samples
//   log.Report(benchmark, result);  // now the full name is known
//
// Never calls malloc. Not thread-safe: the session holds a lock around it.
#ifndef BENCH_PROFILER_RUN_RUN_LOG_H_
#define BENCH_PROFILER_RUN_RUN_LOG_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/program.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/record/string_table.h"

namespace bench_profiler {

class RunLog {
 public:
  // Names go to `strings`, those of RawProfile.
  explicit RunLog(StringTable* strings);

  uint32_t AddBenchmark(const char* name);
  uint32_t AddRun(uint32_t benchmark);

  // The same for tests, whose names and iterations are known at their start.
  uint32_t AddTest(SubjectKind subject, const char* suite, const char* name);
  uint32_t AddTestRun(uint32_t test, int iteration);
  void ReportTest(uint32_t run, int runs, double cpu_seconds,
                  double real_seconds);

  // A run that stands for the time outside of benchmarks from now on.
  uint32_t AddOutsideRun();

  // Names the benchmark, and tells its measured runs from the others.
  void Report(uint32_t benchmark, const BenchmarkResult& result);

  // The timed loop of the run's benchmark cannot be seen.
  void SetUnseen(uint32_t run);

  // Gives the time since the last report to a benchmark whose runs were not
  // seen.
  void ReportUnseen(const BenchmarkResult& result);

  // Calls `visit` with each run of a benchmark that Report() is about to be
  // called for.
  template <class Visitor>
  void ForEachUnreportedRun(uint32_t benchmark, Visitor&& visit) const {
    for (size_t i = first_unreported_[benchmark]; i < runs_.size(); ++i) {
      if (runs_[i].has_benchmark && runs_[i].benchmark == benchmark) {
        visit(static_cast<uint32_t>(i));
      }
    }
  }

  size_t unseen() const { return unseen_; }
  size_t benchmarks() const { return benchmarks_.size(); }

  // Sets the tables in `data`; valid until the next change.
  void FillIn(RawProfile* data) const;

 private:
  void SetResult(BenchmarkRow* row, const BenchmarkResult& result);

  StringTable* strings_;
  PageArray<RunRow> runs_;
  PageArray<BenchmarkRow> benchmarks_;
  PageArray<uint32_t> first_unreported_;  // per benchmark: a run index
  uint32_t outside_run_ = 0;
  size_t unseen_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_RUN_LOG_H_
