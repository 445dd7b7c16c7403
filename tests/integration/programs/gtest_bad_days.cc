// Tests for gtest_bad_days_test.cc.
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <string>

#include "spin.h"

namespace {

class Signals : public testing::TestWithParam<sighandler_t> {};
TEST_P(Signals, ReplacedAndRestored) {
  struct sigaction saved[NSIG];
  struct sigaction replacement = {};
  replacement.sa_handler = GetParam();
  for (int number = 1; number < NSIG; ++number) {
    sigaction(number, &replacement, &saved[number]);
  }
  SpinFor(0.2);
  for (int number = 1; number < NSIG; ++number) {
    sigaction(number, &saved[number], nullptr);
  }
  SpinFor(0.2);
}
INSTANTIATE_TEST_SUITE_P(All, Signals, testing::Values(SIG_IGN, SIG_DFL));

TEST(OneSignal, ReplacedAndRestored) {
  const sighandler_t before = signal(SIGSTKFLT, SIG_DFL);
  SpinFor(0.2);
  signal(SIGSTKFLT, before);
  SpinFor(0.2);
}

class Tests : public testing::TestWithParam<int> {};
TEST_P(Tests, Run) { Spin(1000 * (GetParam() % 100)); }
INSTANTIATE_TEST_SUITE_P(Many, Tests, testing::Range(0, 5000));

// Tests that are too short for samples, see --profile_repeat_until.
class Short : public testing::Test {
 protected:
  static void SetUpTestSuite() { ++suites; }
  void SetUp() override {
    EXPECT_EQ(suites, 1);
    Spin(10000);
  }
  static int suites;
};
int Short::suites = 0;
TEST_F(Short, Passes) {
  std::string text(100, 'x');
  Spin(20000 + static_cast<int>(text.size()));
}
TEST_F(Short, IsSkipped) { GTEST_SKIP(); }
TEST_F(Short, Fails) { EXPECT_EQ(std::getenv("FAILING"), nullptr); }
TEST_F(Short, FailsTheTenthTime) {
  static int runs = 0;
  if (std::getenv("FAILING") != nullptr) EXPECT_NE(++runs, 10);
  Spin(1000);
}
TEST_F(Short, DiesEachTime) {
  Spin(1000);
  EXPECT_DEATH(std::abort(), "");
}
TEST_F(Short, Sleeps) {
  const timespec time = {0, 1000000};
  nanosleep(&time, nullptr);
}

}  // namespace
