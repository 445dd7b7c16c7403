#include "bench_profiler/sampling/recorder.h"

#include <algorithm>

#include "bench_profiler/region.h"

namespace bench_profiler {
namespace {

bool IsIn(const PageArray<AddressRange>& ranges, uint64_t address) {
  for (const AddressRange& range : ranges) {
    if (address >= range.start && address < range.limit) return true;
  }
  return false;
}

}  // namespace

class Recorder::Sink : public SampleSink {
 public:
  Sink(Recorder* recorder, size_t kind) : recorder_(recorder), kind_(kind) {}

  uint32_t Stack(const uintptr_t* addresses, size_t depth,
                 bool truncated) override {
    uint32_t stack = StackTable::kRoot;
    if (truncated) {
      stack = recorder_->stacks_.Child(stack, kTruncatedAddress, kNoModule);
    }
    for (size_t i = depth; i-- > 0;) {
      if (IsIn(recorder_->hidden_with_callees_, addresses[i])) break;
      if (IsIn(recorder_->hidden_, addresses[i])) continue;
      stack = recorder_->stacks_.Child(stack, addresses[i],
                                       recorder_->modules_.Find(addresses[i]));
    }
    return stack;
  }

  void Add(uint64_t activity, SampleRow row) override {
    AddTo(&recorder_->samples_[kind_], activity, row);
  }

  void AddToRegion(uint64_t activity, SampleRow row) override {
    AddTo(&recorder_->region_samples_[kind_], activity, row);
  }

 private:
  void AddTo(SampleTable* table, uint64_t activity_word, SampleRow row) {
    const Activity activity = Activity::Unpack(activity_word);
    row.run = activity.run;
    row.thread = activity.thread;
    row.phase = activity.phase;
    if (!table->Add(row)) ++recorder_->lost_;
  }

  Recorder* recorder_;
  size_t kind_;
};

Recorder::Recorder() { runs_.Append(RunRow{}); }

void Recorder::Hide(AddressRange range, bool with_callees) {
  (with_callees ? hidden_with_callees_ : hidden_).Append(range);
}

void Recorder::HideModuleOf(uint64_t address) {
  modules_.Update();
  const uint32_t module = modules_.Find(address);
  if (module == kNoModule) return;
  Hide({modules_.rows()[module].start, modules_.rows()[module].limit},
       /*with_callees=*/false);
}

uint32_t Recorder::AddBenchmark(const char* name) {
  BenchmarkRow row;
  row.name = strings_.Add(name);
  benchmarks_.Append(row);
  first_unreported_.Append(static_cast<uint32_t>(runs_.size()));
  return static_cast<uint32_t>(benchmarks_.size() - 1);
}

uint32_t Recorder::AddRun(uint32_t benchmark) {
  RunRow row;
  row.benchmark = benchmark;
  row.has_benchmark = true;
  runs_.Append(row);
  return static_cast<uint32_t>(runs_.size() - 1);
}

uint32_t Recorder::AddTest(SubjectKind subject, const char* suite,
                           const char* name) {
  const uint32_t test = AddBenchmark(name);
  benchmarks_[test].subject = subject;
  benchmarks_[test].suite = strings_.Add(suite);
  return test;
}

uint32_t Recorder::AddTestRun(uint32_t test, int iteration) {
  const uint32_t run = AddRun(test);
  runs_[run].repetition = iteration;
  // Of a test that has not ended the last iteration counts.
  benchmarks_[test].reported = false;
  return run;
}

void Recorder::ReportTest(uint32_t run, int runs, double cpu_seconds,
                          double real_seconds) {
  BenchmarkRow& row = benchmarks_[runs_[run].benchmark];
  row.cpu_seconds = std::max(row.cpu_seconds, 0.0) + cpu_seconds;
  row.real_seconds = std::max(row.real_seconds, 0.0) + real_seconds;
  row.iterations += runs;
  ++row.repetitions;
  row.reported = true;
  ++reported_;
}

uint32_t Recorder::AddOutsideRun() {
  runs_.Append(RunRow{});
  outside_run_ = static_cast<uint32_t>(runs_.size() - 1);
  return outside_run_;
}

void Recorder::SetResult(BenchmarkRow* row, const BenchmarkResult& result) {
  row->name = strings_.Add(result.name);
  row->iterations = result.iterations;
  row->repetitions = result.repetitions;
  row->threads = result.threads;
  row->cpu_seconds = result.cpu_seconds;
  row->real_seconds = result.real_seconds;
  row->reported = true;
  ++reported_;
}

void Recorder::Report(uint32_t benchmark, const BenchmarkResult& result) {
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

void Recorder::SetUnseen(uint32_t run) {
  BenchmarkRow& row = benchmarks_[runs_[run].benchmark];
  if (row.hooked) ++unseen_;
  row.hooked = false;
}

void Recorder::ReportUnseen(const BenchmarkResult& result) {
  const uint32_t benchmark = AddBenchmark("");
  SetResult(&benchmarks_[benchmark], result);
  benchmarks_[benchmark].hooked = false;
  runs_[outside_run_].benchmark = benchmark;
  runs_[outside_run_].has_benchmark = outside_run_ != 0;
  ++unseen_;
}

void Recorder::Drain(size_t kind, Collector* collector) {
  Sink sink(this, kind);
  collector->Drain(&sink);
}

void Recorder::Finish(size_t kind, Collector* collector) {
  Sink sink(this, kind);
  collector->Finish(&sink);
}

void Recorder::EndRuns(uint32_t benchmark, Collector* collector) const {
  for (size_t i = first_unreported_[benchmark]; i < runs_.size(); ++i) {
    if (runs_[i].has_benchmark && runs_[i].benchmark == benchmark) {
      collector->EndRun(static_cast<uint32_t>(i));
    }
  }
}

void Recorder::FillIn(RawProfile* data) const {
  data->strings = strings_.view();
  data->modules = modules_.rows();
  data->stacks = stacks_.nodes();
  data->runs = {runs_.data(), runs_.size()};
  data->benchmarks = {benchmarks_.data(), benchmarks_.size()};
}

}  // namespace bench_profiler
