// The tables that a profiled run fills: what was loaded, which stacks were
// seen, which benchmarks ran, how often each was sampled.
//
//   Recorder recorder;
//   uint32_t benchmark = recorder.AddBenchmark("BM_Sort");
//   uint32_t run = recorder.AddRun(benchmark);
//   ...                                  // samples
//   recorder.Drain(kind, collector);
//   recorder.Report(benchmark, result);  // now the full name is known
//
// Never calls malloc. Not thread-safe: the session holds a lock around it.
#ifndef BENCH_PROFILER_SAMPLING_RECORDER_H_
#define BENCH_PROFILER_SAMPLING_RECORDER_H_

#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/program.h"
#include "bench_profiler/record/module_table.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/record/sample_table.h"
#include "bench_profiler/record/stack_table.h"
#include "bench_profiler/record/string_table.h"

namespace bench_profiler {

class Recorder {
 public:
  Recorder();

  // Frames in there never show, nor what they call if `with_callees`.
  void Hide(AddressRange range, bool with_callees);

  // The same for all code of the library that `address` is in.
  void HideModuleOf(uint64_t address);

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

  // Notes what libraries are loaded now. Takes the loader's lock.
  void UpdateModules() { modules_.Update(); }

  // Takes over the samples of the collector of Kinds()[kind].
  void Drain(size_t kind, Collector* collector);

  // The same for what it tells at the end only.
  void Finish(size_t kind, Collector* collector);

  // Tells the collector of the end of the runs of a benchmark that Report() is
  // about to be called for.
  void EndRuns(uint32_t benchmark, Collector* collector) const;

  ArrayView<SampleRow> Samples(size_t kind) const {
    return samples_[kind].rows();
  }
  ArrayView<SampleRow> RegionSamples(size_t kind) const {
    return region_samples_[kind].rows();
  }
  uint64_t lost() const { return lost_; }
  size_t reported() const { return reported_; }
  size_t unseen() const { return unseen_; }
  size_t benchmarks() const { return benchmarks_.size(); }
  const char* String(StringOffset offset) const { return strings_.Get(offset); }

  // Sets the tables in `data`; valid until the next change.
  void FillIn(RawProfile* data) const;

 private:
  class Sink;

  void SetResult(BenchmarkRow* row, const BenchmarkResult& result);

  StringTable strings_;
  ModuleTable modules_{&strings_};
  StackTable stacks_;
  SampleTable samples_[kMaxKinds];
  SampleTable region_samples_[kMaxKinds];
  PageArray<RunRow> runs_;
  PageArray<BenchmarkRow> benchmarks_;
  PageArray<uint32_t> first_unreported_;  // per benchmark: a run index
  PageArray<AddressRange> hidden_;
  PageArray<AddressRange> hidden_with_callees_;
  uint32_t outside_run_ = 0;
  uint64_t lost_ = 0;  // samples for which there was no memory
  size_t reported_ = 0;
  size_t unseen_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_RECORDER_H_
