// Runs a test again, for those that are too short for samples.
//
//   if (CanRepeat(test)) RunAgain(test, OnCreated);  // in OnTestEnd
//
// The test runs as GoogleTest runs it: a new object, SetUp, TestBody, TearDown.
// GoogleTest's outputs do not show this, unless the test fails: GoogleTest
// takes the time of a test before OnTestEnd, and looks whether it passed after
// that. Both functions may only be called in a program that links GoogleTest.
#ifndef BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_TEST_REPETITION_H_
#define BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_TEST_REPETITION_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "../common/expose.h"
#include "../common/standard_library.h"
#include "bench_profiler/hook_section.h"

namespace bench_profiler {

// Members of GoogleTest's classes, as weak functions that have their symbols.
__attribute__((weak)) void RunTest(testing::Test*) __asm__(
    "_ZN7testing4Test3RunEv");
__attribute__((weak)) bool HasFailed(const testing::TestResult*) __asm__(
    "_ZNK7testing10TestResult6FailedEv");
__attribute__((weak)) bool WasSkipped(const testing::TestResult*) __asm__(
    "_ZNK7testing10TestResult7SkippedEv");
__attribute__((weak)) void
ReportFailure(testing::TestPartResult::Type, const std::string&) __asm__(
    "_ZN7testing8internal30ReportFailureInUnknownLocationENS_14TestPartResult4"
    "TypeERK" BENCH_PROFILER_STRING("S3_"));

struct FactoryOfTest {
  using Member = testing::internal::TestFactoryBase* const testing::TestInfo::*;
  friend Member MemberOf(FactoryOfTest);
};
struct DeathTestsOfResult {
  using Member = int testing::TestResult::*;
  friend Member MemberOf(DeathTestsOfResult);
};
template struct Expose<FactoryOfTest, &testing::TestInfo::factory_>;
template struct Expose<DeathTestsOfResult,
                       &testing::TestResult::death_test_count_>;

// Returns false for a test that has failed, was skipped, or has death tests.
// The child process of a death test runs the test once, and finds the death
// test in it by its number.
inline bool CanRepeat(const testing::TestInfo& test) {
  const testing::TestResult* result = test.result();
  return RunTest != nullptr && !HasFailed(result) && !WasSkipped(result) &&
         result->*MemberOf(DeathTestsOfResult()) == 0;
}

// Calls `on_created` with the new object. If something fails, the test has
// failed. This is neither a template nor inline, since g++ 16 does not allow
// such functions in a section that also has others.
BENCH_PROFILER_HOOK static void RunAgain(const testing::TestInfo& test,
                                         void (*on_created)(testing::Test*)) {
#ifdef __cpp_exceptions
  // Catches exceptions of the constructor and the destructor. GoogleTest itself
  // catches those of SetUp, TestBody and TearDown, if --gtest_catch_exceptions
  // says so.
  try {
#endif
    const std::unique_ptr<testing::Test> object(
        (test.*MemberOf(FactoryOfTest()))->CreateTest());
    on_created(object.get());
    if (CanRepeat(test)) RunTest(object.get());
#ifdef __cpp_exceptions
  } catch (...) {
    ReportFailure(testing::TestPartResult::kFatalFailure,
                  "An exception left the constructor or destructor of the test "
                  "in a repetition of --profile_repeat_until.");
  }
#endif
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_GOOGLETEST_TEST_REPETITION_H_
