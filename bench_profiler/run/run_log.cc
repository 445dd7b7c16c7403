#include "bench_profiler/run/run_log.h"

#include <algorithm>

namespace bench_profiler {

RunLog::RunLog(StringTable* strings) : strings_(strings) {
  runs_.Append(RunRow{});
}

uint32_t RunLog::AddBenchmark(const char* name) {
  BenchmarkRow row;
  row.name = strings_->Add(name);
  benchmarks_.Append(row);
  first_unreported_.Append(static_cast<uint32_t>(runs_.size()));
  return static_cast<uint32_t>(benchmarks_.size() - 1);
}

uint32_t RunLog::AddRun(uint32_t benchmark) {
  RunRow row;
  row.benchmark = benchmark;
  row.has_benchmark = true;
  runs_.Append(row);
  return static_cast<uint32_t>(runs_.size() - 1);
}

uint32_t RunLog::AddTest(SubjectKind subject, const char* suite,
                         const char* name) {
  const uint32_t test = AddBenchmark(name);
  benchmarks_[test].subject = subject;
  benchmarks_[test].suite = strings_->Add(suite);
  return test;
}

uint32_t RunLog::AddTestRun(uint32_t test, int iteration) {
  const uint32_t run = AddRun(test);
  runs_[run].repetition = iteration;
  // Of a test that has not ended the last iteration counts.
  benchmarks_[test].reported = false;
  return run;
}

void RunLog::ReportTest(uint32_t run, int runs, double cpu_seconds,
                        double real_seconds) {
  BenchmarkRow& row = benchmarks_[runs_[run].benchmark];
  row.cpu_seconds = std::max(row.cpu_seconds, 0.0) + cpu_seconds;
  row.real_seconds = std::max(row.real_seconds, 0.0) + real_seconds;
  row.iterations += runs;
  ++row.repetitions;
  row.reported = true;
}

uint32_t RunLog::AddOutsideRun() {
  runs_.Append(RunRow{});
  outside_run_ = static_cast<uint32_t>(runs_.size() - 1);
  return outside_run_;
}

void RunLog::SetResult(BenchmarkRow* row, const BenchmarkResult& result) {
  row->name = strings_->Add(result.name);
  row->iterations = result.iterations;
  row->repetitions = result.repetitions;
  row->threads = result.threads;
  row->cpu_seconds = result.cpu_seconds;
  row->real_seconds = result.real_seconds;
  row->reported = true;
}

void RunLog::Report(uint32_t benchmark, const BenchmarkResult& result) {
  // Each repetition is one measured run, followed by the extra runs that the
  // managers of the user's get; what came before are calibration and warm-up.
  const int runs_a_repetition = 1 + result.extra_runs;
  int from_end = 0;
  int repetition = result.repetitions;
  for (size_t i = runs_.size(); i-- > first_unreported_[benchmark];) {
    RunRow& run = runs_[i];
    if (!run.has_benchmark || run.benchmark != benchmark) continue;
    if (++from_end % runs_a_repetition != 0 || repetition == 0) continue;
    run.repetition = --repetition;
  }
  first_unreported_[benchmark] = static_cast<uint32_t>(runs_.size());
  SetResult(&benchmarks_[benchmark], result);
}

void RunLog::SetUnseen(uint32_t run) {
  BenchmarkRow& row = benchmarks_[runs_[run].benchmark];
  if (row.hooked) ++unseen_;
  row.hooked = false;
}

void RunLog::ReportUnseen(const BenchmarkResult& result) {
  const uint32_t benchmark = AddBenchmark("");
  SetResult(&benchmarks_[benchmark], result);
  benchmarks_[benchmark].hooked = false;
  runs_[outside_run_].benchmark = benchmark;
  runs_[outside_run_].has_benchmark = outside_run_ != 0;
  ++unseen_;
}

void RunLog::FillIn(RawProfile* data) const {
  data->runs = {runs_.data(), runs_.size()};
  data->benchmarks = {benchmarks_.data(), benchmarks_.size()};
}

}  // namespace bench_profiler
