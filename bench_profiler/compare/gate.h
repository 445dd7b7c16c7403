// Whether a change is to be stopped: --fail-above and --strict.
//
//   std::vector<Limit> limits;
//   std::string error;
//   if (!ParseLimits({"5%", "allocs:0,instructions:1%"}, &limits, &error)) ...
//   GateResult result = CheckLimits(comparison, limits, strict);
#ifndef BENCH_PROFILER_COMPARE_GATE_H_
#define BENCH_PROFILER_COMPARE_GATE_H_

#include <string>
#include <vector>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/measures.h"

namespace bench_profiler {

// A change that is larger than this fails.
struct Limit {
  Measure measure = Measure::kTime;
  double value = 0;
  bool is_relative = true;  // 0.05 is 5 %; false: per operation, as allocs:0
};

// Reads "5%" (of time), "allocs:0", "instructions:1%", several with "," between
// them. Returns false, with one line in `error`.
bool ParseLimits(const std::vector<std::string>& texts,
                 std::vector<Limit>* limits, std::string* error);

enum class GateStatus { kPassed = 0, kFailed = 1, kUndecided = 3 };

struct GateResult {
  GateStatus status = GateStatus::kPassed;
  // "BM_Sort/8: time/op +7.1 % is above 5 %", one for each limit that is
  // broken; what is undecided if `strict` makes that an error.
  std::vector<std::string> lines;
};

// Time fails if it changed (Verdict::kSlower) and by more than the limit, or if
// a function is slower by more than it; what is exact fails above the limit. A
// measure with a limit that no benchmark has is an error of the user: told in
// `lines` as kFailed.
GateResult CheckLimits(const Comparison& comparison,
                       const std::vector<Limit>& limits, bool strict);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_GATE_H_
