// Half of each test's time is its body's.
#include <gtest/gtest.h>

#include "../programs/spin.h"

class Matrix : public testing::TestWithParam<int> {
 protected:
  void SetUp() override { SpinFor(0.05); }
  void TearDown() override { SpinFor(0.05); }
};
TEST_P(Matrix, Half) { SpinFor(0.1); }
INSTANTIATE_TEST_SUITE_P(Two, Matrix, testing::Values(1, 2));
