// What CMakeLists.txt puts into the sample's suite: a place for a slow-down in
// three of its functions. STEPS has how large they are.
#ifndef BENCH_PROFILER_TESTS_COMPARE_PROOF_TEXT_SUITE_H_
#define BENCH_PROFILER_TESTS_COMPARE_PROOF_TEXT_SUITE_H_

#include <string>

#include "tests/compare/proof/planted.h"

namespace text_suite {

constexpr int kSteps[] = {STEPS};  // in ParseString, Fnv1a and IsBefore

inline bool IsBefore(const std::string& a, const std::string& b) {
  PLANTED_STEPS(kSteps[2]);
  return a < b;
}

}  // namespace text_suite

#define PLANTED_JSON PLANTED_STEPS(kSteps[0]);
#define PLANTED_HASH PLANTED_STEPS(kSteps[1]);

#endif  // BENCH_PROFILER_TESTS_COMPARE_PROOF_TEXT_SUITE_H_
