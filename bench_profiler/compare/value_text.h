// Values and changes as people read them, in all outputs of a comparison.
//
//   ValueText(Measure::kTime, 1.53e-6)          // "1.53 us"
//   ValueText(Measure::kInstructions, 135213)   // "135213"
//   ChangeText(0.0512)                          // "+5.1 %"
//   IntervalText({0.0312, 0.0712})              // "+3.1 % to +7.1 %"
#ifndef BENCH_PROFILER_COMPARE_VALUE_TEXT_H_
#define BENCH_PROFILER_COMPARE_VALUE_TEXT_H_

#include <string>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/measures.h"

namespace bench_profiler {

// Per operation, in about three digits; what is exact has all that differ. "?"
// if it is unknown.
std::string ValueText(Measure measure, double value);

// "from 0" if there was nothing before, "?" if it is unknown.
std::string ChangeText(double change);

// "" if it is unknown.
std::string IntervalText(const Interval& interval);

// "slower", "faster"; of what is not a time "more", "less".
std::string VerdictText(Measure measure, Verdict verdict);

// "1 process", "3 processes".
std::string Counted(size_t count, const std::string& singular,
                    const std::string& plural);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_VALUE_TEXT_H_
