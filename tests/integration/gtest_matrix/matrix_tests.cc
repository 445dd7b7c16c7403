// Each phase of each test allocates.
#include <gtest/gtest.h>

static void* volatile block;

static void Allocate() {
  block = ::operator new(100);
  ::operator delete(block);
}

class Matrix : public testing::TestWithParam<int> {
 protected:
  void SetUp() override { Allocate(); }
  void TearDown() override { Allocate(); }
};
TEST_P(Matrix, Half) { Allocate(); }
INSTANTIATE_TEST_SUITE_P(Two, Matrix, testing::Values(1, 2));
