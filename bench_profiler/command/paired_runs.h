// Runs two programs in turns, profiled, and keeps what comes of it in a folder.
//
//   PairedRuns runs(plan);
//   while (runs.Continues() && runs.RunPair()) { ... compare what is there ...
//   } for (const RecordedRun& run : runs.record().runs) ...
//
//   compare.d/compare.json         what was run (compare/run_record.h)
//   compare.d/old/01/cpu.prof.d    what the first run of the old one left
//   compare.d/old/01/output.txt    what it said
//   compare.d/new/...
//   compare.d/left-out/new-07      of a run that failed
#ifndef BENCH_PROFILER_COMMAND_PAIRED_RUNS_H_
#define BENCH_PROFILER_COMMAND_PAIRED_RUNS_H_

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

#include "bench_profiler/command/child_run.h"
#include "bench_profiler/command/interrupts.h"
#include "bench_profiler/command/run_plan.h"
#include "bench_profiler/command/run_progress.h"
#include "bench_profiler/compare/run_record.h"

namespace bench_profiler {

class PairedRuns {
 public:
  explicit PairedRuns(RunPlan plan);

  // Whether another pair is to be run.
  bool Continues();

  // Runs each program once.
  void RunPair();

  // Pairs that were begun.
  int pairs() const { return pairs_; }
  // Runs of a side that can be compared.
  int good_runs(size_t side) const { return good_runs_[side]; }
  int failed_runs() const { return failed_runs_; }
  // Why it stopped before its end; "": it did not.
  const std::string& stopped() const { return stopped_; }
  // The signal that ended it; 0: none did.
  int interrupt() const { return interrupts_.signal(); }

  // To be written again when `alpha` is known.
  void WriteRecord(double alpha);

 private:
  void Run(size_t side);
  void Keep(size_t side, const std::string& name, const ChildRun& run,
            int64_t start_nanos);
  void LeaveOut(size_t side, const std::string& why, RecordedRun* recorded);
  double SecondsLeft() const;
  double elapsed() const;

  const RunPlan plan_;
  Interrupts interrupts_;
  RunProgress progress_;
  RunRecord record_;
  std::chrono::steady_clock::time_point start_;
  std::array<std::string, 2> files_;  // what the programs are, to see changes
  int pairs_ = 0;
  std::array<int, 2> runs_ = {};
  std::array<int, 2> good_runs_ = {};
  std::array<int, 2> ended_runs_ = {};
  std::array<double, 2> seconds_ = {};  // of these
  int failed_runs_ = 0;
  std::string stopped_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_PAIRED_RUNS_H_
