// Knows which benchmark instance runs now, and in which of its runs.
//
//   uint32_t run =
//       RunTracker::Get().Enter(benchmark, family, arguments, state);
//   ...
//   RunTracker::Get().Leave();
//
// An instance is a benchmark object with arguments and a number of threads; its
// printed name is known only when its results are reported. Thread-safe.
#ifndef BENCH_PROFILER_INTEGRATIONS_GOOGLE_BENCHMARK_RUN_TRACKER_H_
#define BENCH_PROFILER_INTEGRATIONS_GOOGLE_BENCHMARK_RUN_TRACKER_H_

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "benchmark_header.h"

namespace bench_profiler {

class RunTracker {
 public:
  static RunTracker& Get();

  // Must be called when a benchmark is registered. If another one ran at the
  // same address before, that was deleted (ClearRegisteredBenchmarks).
  void Forget(const void* benchmark);

  // Must be called when a thread enters the function of `benchmark`. Returns
  // the number of the run, for RunScope.
  uint32_t Enter(const void* benchmark, const std::string& family,
                 const std::vector<int64_t>& arguments,
                 const benchmark::State& state);
  void Leave();

  // Whether the instance has not run before since its last result. From 1.7 on,
  // that is a warm-up, if one was asked for.
  bool IsFirstRun() const { return runs_ == 1; }

  // The results of a benchmark instance.
  void Report(const std::vector<benchmark::BenchmarkReporter::Run>& runs);

  // Tells whether there is a manager that gets an extra run after each measured
  // one.
  void SetMemoryManager(bool set) { memory_manager_ = set; }
  void SetProfilerManager(bool set) { profiler_manager_ = set; }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  struct Instance {
    const void* benchmark;  // null: deleted
    std::vector<int64_t> arguments;
    int threads;
    uint32_t number;  // from AddRegion
  };

  uint32_t Find(const void* benchmark, const std::string& family,
                const std::vector<int64_t>& arguments, int threads);
  bool StartsRun(uint32_t instance, const benchmark::State& state) const;

  std::mutex mutex_;
  std::vector<Instance> instances_;
  uint32_t current_ = kNone;     // the instance that runs, or ran last
  uint32_t unreported_ = kNone;  // the instance that ran since the last report
  uint32_t run_ = 0;
  std::vector<bool> entered_;  // by thread index, in this run
  int entered_count_ = 0;
  int inside_ = 0;
  int runs_ = 0;  // of the current instance, since its last result
  bool memory_manager_ = false;
  bool profiler_manager_ = false;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_GOOGLE_BENCHMARK_RUN_TRACKER_H_
