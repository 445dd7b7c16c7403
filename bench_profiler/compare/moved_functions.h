// Finds functions whose cost only changed its name: what was inlined into its
// callers or no longer is, and what was split, merged or renamed.
//
//   std::vector<MovedFunction> moved =
//       FindMoved(tests, is_changed, comparer, old_shares, new_shares);
//   // moved[i].partner: the function that test i moved into, or took over
//
// Profiles with debug information name inlined functions, and show no such
// thing; those that only have symbols do.
#ifndef BENCH_PROFILER_COMPARE_MOVED_FUNCTIONS_H_
#define BENCH_PROFILER_COMPARE_MOVED_FUNCTIONS_H_

#include <cstddef>
#include <vector>

#include "bench_profiler/compare/function_shares.h"
#include "bench_profiler/compare/function_test.h"

namespace bench_profiler {

struct MovedFunction {
  enum class Kind {
    kNone,
    kInlined,   // between callers and callees; the sum is unchanged
    kReplaced,  // one side has it, the other has others that cost as much
  } kind = Kind::kNone;
  size_t partner = 0;        // the test of the largest one on the other end
  size_t more_partners = 0;  // how many there are besides
};

// One for each test, of which `is_changed` tells that it found a change. A
// caller belongs to it if it changed the other way, and if calls between both
// cost enough for that. All of them together cost what they did, within two
// standard errors of the sum.
std::vector<MovedFunction> FindMoved(const std::vector<FunctionTest>& tests,
                                     const std::vector<bool>& is_changed,
                                     const FunctionComparer& comparer,
                                     const FunctionShares& old_shares,
                                     const FunctionShares& new_shares);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_MOVED_FUNCTIONS_H_
