// What each measured run of a region cost, for the index of a profile.
//
//   RunSummaries runs(data, raw);
//   runs.Add(row);                       // each row of measured samples
//   for (size_t i = 0; i < data.runs.size; ++i) {
//     if (runs.IsMeasured(i)) ... runs[i] ...
//   }
#ifndef BENCH_PROFILER_SYMBOLIZE_RUN_SUMMARIES_H_
#define BENCH_PROFILER_SYMBOLIZE_RUN_SUMMARIES_H_

#include <array>
#include <cstdint>
#include <vector>

#include "bench_profiler/profile/run_profiles.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

class RunSummaries {
 public:
  // Keeps references to both.
  RunSummaries(const RawProfile& data, const ProfileData& raw);

  // Adds samples to their run.
  void Add(const SampleRow& row);

  // Whether it is a measured run of a region that has a file.
  bool IsMeasured(size_t run) const;

  const RunSummary& operator[](size_t run) const { return runs_[run]; }

 private:
  using Sum = int64_t RunSummary::*;

  const RawProfile& data_;
  // Where each value of a sample is added up; null: nowhere.
  std::array<Sum, kMaxSampleValues> sums_ = {};
  std::vector<RunSummary> runs_;  // by the index of RawProfile::runs
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_RUN_SUMMARIES_H_
