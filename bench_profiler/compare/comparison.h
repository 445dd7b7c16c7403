// What a comparison found, as plain data: all outputs are made from this.
//
//   Comparison comparison = Compare(old_side, new_side, functions, options);
//   for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
//     if (benchmark.verdict == Verdict::kSlower) ...
//   }
#ifndef BENCH_PROFILER_COMPARE_COMPARISON_H_
#define BENCH_PROFILER_COMPARE_COMPARISON_H_

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/compare/measures.h"
#include "bench_profiler/profile/run_profiles.h"

namespace bench_profiler {

enum class Verdict {
  kUnchanged,
  kSlower,     // or more: more allocations, more instructions
  kFaster,     // or less
  kUndecided,  // too little was run to tell
};

// "slower", "faster", "unchanged", "undecided": for JSON.
const char* VerdictName(Verdict verdict);

// At 95 % confidence. Both are NaN if nothing is known.
struct Interval {
  double low = NAN;
  double high = NAN;
};

struct Change {
  Verdict verdict = Verdict::kUndecided;
  // (new - old) / old; 0.05 is 5 % more. NaN if one of both is unknown,
  // infinite if there was none and now there is. Of a function it is the part
  // of the benchmark's old value, not of its own. The machine's drift is taken
  // off.
  double change = NAN;
  Interval interval;
  // Per operation, in the measure's unit; the mean over processes, which is the
  // geometric one where logarithms are compared. NaN if unknown.
  double old_value = NAN;
  double new_value = NAN;
  double p_value = NAN;  // before Holm's correction; NaN without a test
};

struct FunctionChange : Change {
  uint32_t function = 0;  // index into the FunctionTable
  // Short; in full if several functions of this benchmark have the short one.
  std::string name;
  std::string full_name;
  double statistic = 0;  // |t|: how strong the evidence is
  double old_samples = 0;
  double new_samples = 0;
  // "moved into Parse, the sum is unchanged"; "" if there is nothing to say.
  std::string note;
};

struct MeasureComparison : Change {
  Measure measure = Measure::kTime;
  // Changed functions first, then the others; those with the strongest evidence
  // at the head of each. What is too small to test is not among them.
  std::vector<FunctionChange> functions;
  FunctionChange other;  // the sum of those, as one row; not tested
  // The change of a function that has a tenth of the benchmark is mostly found
  // if it is at least this part of the benchmark: in 85 of 100 simulated
  // comparisons at least. NaN if unknown.
  double detectable = NAN;
  // How many processes a side would decide it; 0: it is decided, or nobody can
  // tell.
  int runs_to_decide = 0;
};

struct BenchmarkComparison {
  std::string name;
  // Of the first measure.
  Verdict verdict = Verdict::kUndecided;
  int old_processes = 0;  // that have a result of it
  int new_processes = 0;
  std::vector<MeasureComparison> measures;  // on both sides, by Measure
  // "is not in NEW", "failed in 2 of 10 processes of NEW".
  std::vector<std::string> notes;
};

struct SideSummary {
  std::string title;
  int processes = 0;
  RunContext context;  // of the first process
};

struct Comparison {
  SideSummary old_side;
  SideSummary new_side;
  // By how much the whole suite moved alike, as a part of the old time, if that
  // is the machine's doing; verdicts are then about what is left. 0: it did
  // not.
  double machine_drift = 0;
  // One line each, most important first: "OLD is a debug build, NEW a release".
  std::vector<std::string> warnings;
  // In the order of OLD's program; those only in NEW at the end.
  std::vector<BenchmarkComparison> benchmarks;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_COMPARISON_H_
