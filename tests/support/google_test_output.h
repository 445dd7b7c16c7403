// GoogleTest's outputs, as far as two runs of a program agree.
//
//   EXPECT_EQ(WithoutTimes(profiled.out), WithoutTimes(plain.out));
#ifndef BENCH_PROFILER_TESTS_SUPPORT_GOOGLE_TEST_OUTPUT_H_
#define BENCH_PROFILER_TESTS_SUPPORT_GOOGLE_TEST_OUTPUT_H_

#include <string>

namespace bench_profiler {

// Without the times of tests and of their sum, and the time of day: of the
// console, of XML and of JSON.
std::string WithoutTimes(const std::string& text);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_GOOGLE_TEST_OUTPUT_H_
