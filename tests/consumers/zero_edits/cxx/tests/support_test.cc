#include "support.h"

#include <gtest/gtest.h>

namespace {

TEST(Support, Sums) {
  for (int i = 0; i < 1000; ++i) EXPECT_GT(HotFunction(10000), 9);
}

}  // namespace
