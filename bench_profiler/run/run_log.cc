#include "bench_profiler/run/run_log.h"

#include <algorithm>

namespace bench_profiler {

RunLog::RunLog(StringTable* strings) : strings_(strings) {
  runs_.Append(RunRow{});
}

uint32_t RunLog::AddRegion(const RegionKind* kind, const char* group,
                           const char* name) {
  RegionRow row;
  row.kind = kind;
  row.group = strings_->Add(group);
  row.name = strings_->Add(name);
  regions_.Append(row);
  first_unreported_.Append(static_cast<uint32_t>(runs_.size()));
  return static_cast<uint32_t>(regions_.size() - 1);
}

uint32_t RunLog::AddRun(uint32_t region, int64_t start_nanos) {
  RunRow row;
  row.region = region;
  row.start_nanos = start_nanos;
  row.has_region = true;
  runs_.Append(row);
  return static_cast<uint32_t>(runs_.size() - 1);
}

uint32_t RunLog::AddRepetition(uint32_t region, int repetition,
                               int64_t start_nanos) {
  const uint32_t run = AddRun(region, start_nanos);
  runs_[run].repetition = repetition;
  // Of a region that has not ended the last repetition counts.
  regions_[region].reported = false;
  return run;
}

void RunLog::EndRepetition(uint32_t run, int times, double cpu_seconds,
                           double real_seconds) {
  SetResult(&runs_[run], {times, cpu_seconds, real_seconds});
  RegionRow& row = regions_[runs_[run].region];
  row.cpu_seconds = std::max(row.cpu_seconds, 0.0) + cpu_seconds;
  row.real_seconds = std::max(row.real_seconds, 0.0) + real_seconds;
  row.iterations += times;
  ++row.repetitions;
  row.reported = true;
}

void RunLog::AddAllocations(uint32_t run, uint64_t allocations,
                            uint64_t bytes) {
  const auto add = [](int64_t* sum, uint64_t more) {
    *sum = std::max(*sum, int64_t{0}) + static_cast<int64_t>(more);
  };
  add(&runs_[run].allocations, allocations);
  add(&runs_[run].allocated_bytes, bytes);
}

uint32_t RunLog::AddOutsideRun() {
  runs_.Append(RunRow{});
  outside_run_ = static_cast<uint32_t>(runs_.size() - 1);
  return outside_run_;
}

void RunLog::SetResult(RunRow* row, const RunResult& result) {
  row->iterations = result.iterations;
  row->cpu_seconds = result.cpu_seconds;
  row->real_seconds = result.real_seconds;
}

void RunLog::SetResult(RegionRow* row, const RegionResult& result) {
  row->name = strings_->Add(result.name);
  row->iterations = result.iterations;
  row->repetitions = result.repetitions;
  row->threads = result.threads;
  row->cpu_seconds = result.cpu_seconds;
  row->real_seconds = result.real_seconds;
  row->reported = true;
}

void RunLog::Report(uint32_t region, const RegionResult& result) {
  // Each repetition is one measured run, followed by the extra runs that the
  // managers of the user's get; what came before are calibration and warm-up.
  const int runs_a_repetition = 1 + result.extra_runs;
  int from_end = 0;
  int repetition = result.repetitions;
  for (size_t i = runs_.size(); i-- > first_unreported_[region];) {
    RunRow& run = runs_[i];
    if (!run.has_region || run.region != region) continue;
    if (++from_end % runs_a_repetition != 0 || repetition == 0) continue;
    run.repetition = --repetition;
    const auto number = static_cast<size_t>(repetition);
    if (number < result.runs.size) SetResult(&run, result.runs[number]);
  }
  first_unreported_[region] = static_cast<uint32_t>(runs_.size());
  SetResult(&regions_[region], result);
}

void RunLog::SetUnseen(uint32_t run) {
  RegionRow& row = regions_[runs_[run].region];
  if (row.hooked) ++unseen_;
  unseen_kind_ = row.kind;
  row.hooked = false;
}

void RunLog::ReportUnseen(const RegionKind* kind, const RegionResult& result) {
  const uint32_t region = AddRegion(kind, "", "");
  SetResult(&regions_[region], result);
  regions_[region].hooked = false;
  runs_[outside_run_].region = region;
  runs_[outside_run_].has_region = outside_run_ != 0;
  for (size_t i = 0; i < result.runs.size; ++i) {
    const uint32_t run = AddRun(region, /*start_nanos=*/0);
    runs_[run].repetition = static_cast<int32_t>(i);
    SetResult(&runs_[run], result.runs[i]);
  }
  ++unseen_;
  unseen_kind_ = kind;
}

void RunLog::FillIn(RawProfile* data) const {
  data->runs = {runs_.data(), runs_.size()};
  data->regions = {regions_.data(), regions_.size()};
}

}  // namespace bench_profiler
