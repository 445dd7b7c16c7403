// Profiles of the test program itself, in a folder that goes away.
//
//   ASSERT_FALSE(pprof::StartCpuProfile(path_)) << ...;
//   const ProfileView profile = ReadProfile(path_);
#ifndef BENCH_PROFILER_TESTS_PPROF_API_FIXTURE_H_
#define BENCH_PROFILER_TESTS_PPROF_API_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>

#include "bench_profiler/pprof.h"
#include "tests/integration/programs/spin.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {

// Whether CPU time can be sampled in this build.
#if defined(__SANITIZE_THREAD__)
inline constexpr bool kCanSample = false;
#else
inline constexpr bool kCanSample = true;
#endif

// EXPECT_OK(pprof::StopCpuProfile());
#define EXPECT_OK(expression) EXPECT_STREQ((expression).message(), "")
#define ASSERT_OK(expression) ASSERT_STREQ((expression).message(), "")

class ApiTest : public testing::Test {
 protected:
  const TemporaryFolder folder_;
  const std::string path_ = folder_ / "profile.pprof";
};

class SamplingApiTest : public ApiTest {
 protected:
  void SetUp() override {
    if (!kCanSample) GTEST_SKIP() << "ThreadSanitizer delays signals";
  }
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_PPROF_API_FIXTURE_H_
