// Tests whose profiles gtest_profile_test.cc looks at. Each part of a test has
// work of its own name; RUN_ALL_TESTS comes from gtest_main, gmock_main or
// own_main_test.cc.
#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "spin.h"

// The comment for the assembler keeps functions of the same work apart, and
// SpinFor from being jumped to without a frame here.
#define WORK(name)                                      \
  __attribute__((noinline)) void name(double seconds) { \
    SpinFor(seconds);                                   \
    __asm__ volatile("# " #name);                       \
  }

namespace {

WORK(EnvironmentWork)
WORK(SuiteSetupWork)
WORK(SuiteTeardownWork)
WORK(ConstructorWork)
WORK(SetupWork)
WORK(BodyWork)
WORK(HelperWork)
WORK(TeardownWork)
WORK(DestructorWork)
WORK(ParameterWork)
WORK(OtherWork)

class Environment : public testing::Environment {
 public:
  void SetUp() override { EnvironmentWork(0.2); }
};
const auto* const environment =
    testing::AddGlobalTestEnvironment(new Environment);

class Phases : public testing::Test {
 protected:
  Phases() { ConstructorWork(0.1); }
  ~Phases() override { DestructorWork(0.1); }
  static void SetUpTestSuite() { SuiteSetupWork(0.2); }
  static void TearDownTestSuite() { SuiteTeardownWork(0.2); }
  void SetUp() override { SetupWork(0.2); }
  void TearDown() override { TeardownWork(0.2); }
};

TEST_F(Phases, All) {
  BodyWork(0.4);
  std::thread([] { HelperWork(0.2); }).join();
}

TEST(Outcome, Skipped) {
  OtherWork(0.05);
  GTEST_SKIP() << "on purpose";
}
TEST(Outcome, DISABLED_Never) { OtherWork(0.1); }

class SkippedInSetUp : public testing::Test {
 protected:
  void SetUp() override {
    SetupWork(0.05);
    GTEST_SKIP();
  }
};
TEST_F(SkippedInSetUp, First) { BodyWork(0.1); }
TEST_F(SkippedInSetUp, Second) { BodyWork(0.1); }

// These fail if FAILING is set, so that all pass by default.
bool Failing() { return std::getenv("FAILING") != nullptr; }
TEST(Failure, Fatal) {
  OtherWork(0.05);
  ASSERT_FALSE(Failing());
}
TEST(Failure, Exception) {
  OtherWork(0.05);
  if (Failing()) throw std::runtime_error("out of a test");
}
TEST(Failure, Exit) {
  OtherWork(0.05);
  if (std::getenv("EXITING") != nullptr) std::exit(3);
}

class Parameters : public testing::TestWithParam<int> {};
TEST_P(Parameters, Work) { ParameterWork(0.1 * GetParam()); }
INSTANTIATE_TEST_SUITE_P(Few, Parameters, testing::Values(1, 2));

template <class T>
class Types : public testing::Test {};
using TwoTypes = testing::Types<int, double>;
TYPED_TEST_SUITE(Types, TwoTypes);
TYPED_TEST(Types, Work) { OtherWork(0.05); }

class DeathTest : public testing::TestWithParam<const char*> {};
TEST_P(DeathTest, Dies) {
  testing::FLAGS_gtest_death_test_style = GetParam();
  EXPECT_DEATH(std::abort(), "");
  EXPECT_EXIT(std::exit(0), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(_exit(1), testing::ExitedWithCode(1), "");
  OtherWork(0.05);
}
INSTANTIATE_TEST_SUITE_P(Styles, DeathTest,
                         testing::Values("fast", "threadsafe"));

}  // namespace
