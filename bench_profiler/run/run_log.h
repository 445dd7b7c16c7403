// Which regions, such as benchmarks and tests, ran in a session, and how often.
//
//   StringTable strings;
//   RunLog log(&strings);
//   uint32_t region = log.AddRegion(kind, "", "BM_Sort");
//   uint32_t run = log.AddRun(region, start_nanos);
//   ...                          // samples
//   log.Report(region, result);  // now the full name is known
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

  uint32_t AddRegion(const RegionKind* kind, const char* group,
                     const char* name);
  // The start is in nanoseconds since the epoch.
  uint32_t AddRun(uint32_t region, int64_t start_nanos);

  // The same for a run of which it is known that it is measured.
  uint32_t AddRepetition(uint32_t region, int repetition, int64_t start_nanos);
  void EndRepetition(uint32_t run, int times, double cpu_seconds,
                     double real_seconds);

  // Makes a run that stands for the time outside of regions from now on.
  uint32_t AddOutsideRun();

  // Sets the region's name, and marks its measured runs.
  void Report(uint32_t region, const RegionResult& result);

  void AddAllocations(uint32_t run, uint64_t allocations, uint64_t bytes);

  // Notes that the timed loop of the run's region cannot be seen.
  void SetUnseen(uint32_t run);

  // Adds a region whose runs were not seen. It gets the time since the last
  // report.
  void ReportUnseen(const RegionKind* kind, const RegionResult& result);

  // Calls `visit` with each run of a region for which Report() will be called
  // next.
  template <class Visitor>
  void ForEachUnreportedRun(uint32_t region, Visitor&& visit) const {
    for (size_t i = first_unreported_[region]; i < runs_.size(); ++i) {
      if (runs_[i].has_region && runs_[i].region == region) {
        visit(static_cast<uint32_t>(i));
      }
    }
  }

  // How many regions were not seen, and the last of them.
  size_t unseen() const { return unseen_; }
  const RegionKind* unseen_kind() const { return unseen_kind_; }
  size_t regions() const { return regions_.size(); }

  // Sets the tables in `data`; valid until the next change.
  void FillIn(RawProfile* data) const;

 private:
  static void SetResult(RunRow* row, const RunResult& result);
  void SetResult(RegionRow* row, const RegionResult& result);

  StringTable* strings_;
  PageArray<RunRow> runs_;
  PageArray<RegionRow> regions_;
  PageArray<uint32_t> first_unreported_;  // per region: a run index
  uint32_t outside_run_ = 0;
  size_t unseen_ = 0;
  const RegionKind* unseen_kind_ = nullptr;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_RUN_LOG_H_
