// The functions of one measure of one benchmark that are worth a test, and how
// each came out.
//
//   FunctionSlots slots;
//   TestedFunctions tested = TestFunctions(old_shares, new_shares, &comparer,
//                                          &slots);
//   for (const FunctionTest& test : tested.tests) ...
//
// A function needs 20 samples in both sides together, or 0.1 % of what is
// counted. Of less nothing can be said, and each test makes the correction for
// all of them larger.
#ifndef BENCH_PROFILER_COMPARE_TESTED_FUNCTIONS_H_
#define BENCH_PROFILER_COMPARE_TESTED_FUNCTIONS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench_profiler/compare/function_shares.h"
#include "bench_profiler/compare/function_test.h"

namespace bench_profiler {

// What each function has in both sides. Used for one benchmark after the other:
// a program may have a million functions, and a benchmark uses few of them.
class FunctionSlots {
 public:
  struct Slot {
    uint32_t function = 0;
    double old_self = 0;
    double new_self = 0;
  };

  // In the order of their functions.
  std::vector<Slot> Take(const FunctionShares& old_shares,
                         const FunctionShares& new_shares);

 private:
  void Add(const FunctionShares& shares, double Slot::*self,
           std::vector<Slot>* slots);

  std::vector<uint32_t> slot_of_;  // by function; from 1 on
};

struct TestedFunctions {
  std::vector<FunctionTest> tests;  // in the order of their functions
  std::vector<uint32_t> others;     // too small for one
};

TestedFunctions TestFunctions(const FunctionShares& old_shares,
                              const FunctionShares& new_shares,
                              FunctionComparer* comparer, FunctionSlots* slots);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_TESTED_FUNCTIONS_H_
