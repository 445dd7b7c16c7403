// Tests for gtest_bad_days_test.cc.
#include <gtest/gtest.h>
#include <signal.h>

#include "spin.h"

namespace {

TEST(Signals, ReplacedAndRestored) {
  struct sigaction saved[NSIG];
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  for (int number = 1; number < NSIG; ++number) {
    sigaction(number, &ignore, &saved[number]);
  }
  SpinFor(0.2);
  for (int number = 1; number < NSIG; ++number) {
    sigaction(number, &saved[number], nullptr);
  }
  SpinFor(0.2);
}

class Tests : public testing::TestWithParam<int> {};
TEST_P(Tests, Run) { Spin(1000 * (GetParam() % 100)); }
INSTANTIATE_TEST_SUITE_P(Many, Tests, testing::Range(0, 5000));

}  // namespace
