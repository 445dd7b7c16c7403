// GoogleTest's outputs, as far as two runs of a program agree.
//
//   EXPECT_EQ(WithoutTimes(profiled.out), WithoutTimes(plain.out));
#ifndef BENCH_PROFILER_TESTS_SUPPORT_GOOGLE_TEST_OUTPUT_H_
#define BENCH_PROFILER_TESTS_SUPPORT_GOOGLE_TEST_OUTPUT_H_

#include <regex>
#include <string>

namespace bench_profiler {

// Without the times of tests and of their sum, and the time of day.
inline std::string WithoutTimes(const std::string& text) {
  return std::regex_replace(
      text, std::regex("\\([0-9]+ ms( total)?\\)|(time|timestamp)=\"[^\"]*\""),
      "");
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_GOOGLE_TEST_OUTPUT_H_
