// Whether what is counted has changed: allocations, bytes, instructions.
//
//   ExactTest test = TestExact({{1000, 2.1}}, {{500, 2.2}}, Measure::kAllocs,
//                              LeastExactDifference(Measure::kAllocs, 2.1));
//   // unchanged: 2 in each iteration, and 100 once
//   Change change = ChangeOf(test, false);
//
// Equal programs have equal counts, so that one process a side is enough, and
// any difference is one. These are none:
// - Less than what is worth a word: 0.1 % (`least`).
// - Counts may differ between processes of one program, by hash seeds, by
//   threads, by when a table grew. Then Welch's test has to find it, as of
//   time: of 3 processes against 3, one side is above the other by luck once in
//   ten times. Values that overlap without that are unchanged.
// - What is done once, such as filling a cache, is a part of the value that
//   depends on how many iterations it is divided by, and a framework runs as
//   many as it has time for. If a number per iteration and a small number per
//   process explain all processes of both sides alike, nothing has changed.
// What grows from iteration to iteration, a vector that is never cleared, has
// neither: to compare it, fix the iterations (--benchmark_min_time=1000x).
#ifndef BENCH_PROFILER_COMPARE_EXACT_CHANGE_H_
#define BENCH_PROFILER_COMPARE_EXACT_CHANGE_H_

#include <cmath>
#include <vector>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/measures.h"

namespace bench_profiler {

// One process.
struct ExactPoint {
  double iterations = 0;  // 0: unknown
  double value = 0;       // per iteration
};

enum class ExactFinding {
  kUnknown,  // there are no values
  kUnchanged,
  kChanged,  // the counts say so
  kTested,   // it is changed if the test finds it
  kTooFew,   // they differ from process to process, and one side has but one
};

struct ExactTest {
  ExactFinding finding = ExactFinding::kUnknown;
  double old_mean = NAN;
  double new_mean = NAN;
  // Of NEW's values less OLD's: from the smallest to the largest.
  Interval differences;
  bool overlaps = false;  // the values of one side, those of the other
  double p_value = NAN;   // of the test, if that has to find it
};

// The least difference per operation that counts as one, if OLD has this value.
double LeastExactDifference(Measure measure, double old_value);

// Values that are negative or no number are not known, and left out.
ExactTest TestExact(const std::vector<ExactPoint>& old_points,
                    const std::vector<ExactPoint>& new_points, Measure measure,
                    double least);

// `is_rejected` is what Holm's correction made of the test, if there is one.
Change ChangeOf(const ExactTest& test, bool is_rejected);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_EXACT_CHANGE_H_
