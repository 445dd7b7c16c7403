#include "bench_profiler/symbolize/run_summaries.h"

#include <string_view>
#include <utility>

namespace bench_profiler {
namespace {

// Values of samples that an index tells of each run, by the names of their
// types.
constexpr std::pair<std::string_view, int64_t RunSummary::*> kSums[] = {
    {"contentions", &RunSummary::contentions},
    {"delay", &RunSummary::delay},
    {"alloc_objects", &RunSummary::allocs},
    {"alloc_space", &RunSummary::bytes},
};

bool HasFile(const RawProfile& data, const RunRow& run) {
  return run.has_region && data.regions[run.region].kind->has_file;
}

}  // namespace

RunSummaries::RunSummaries(const RawProfile& data, const ProfileData& raw)
    : data_(data), runs_(data.runs.size) {
  for (size_t i = 0; i < raw.num_value_types; ++i) {
    for (const auto& [type, sum] : kSums) {
      // What was counted is better than an estimate by samples.
      const bool is_counted =
          data.counts_allocations &&
          (sum == &RunSummary::allocs || sum == &RunSummary::bytes);
      if (type == raw.value_types[i].type && !is_counted) sums_[i] = sum;
    }
  }
  for (size_t i = 0; i < runs_.size(); ++i) {
    const RunRow& row = data.runs[i];
    if (!HasFile(data, row)) continue;
    RunSummary& run = runs_[i];
    run.repetition = int64_t{row.repetition} + 1;
    run.start_nanos = row.start_nanos;
    run.iterations = row.iterations;
    run.cpu_seconds = row.cpu_seconds;
    run.real_seconds = row.real_seconds;
    run.allocs = row.allocations;
    run.bytes = row.allocated_bytes;
    if (!data.regions[row.region].hooked) continue;
    for (const Sum sum : sums_) {
      if (sum != nullptr) run.*sum = 0;
    }
  }
}

void RunSummaries::Add(const SampleRow& row) {
  RunSummary& run = runs_[row.run];
  run.samples += row.samples;
  for (size_t i = 0; i < kMaxSampleValues; ++i) {
    if (sums_[i] != nullptr) run.*sums_[i] += row.values[i];
  }
}

bool RunSummaries::IsMeasured(size_t run) const {
  const RunRow& row = data_.runs[run];
  return HasFile(data_, row) && row.repetition >= 0;
}

}  // namespace bench_profiler
