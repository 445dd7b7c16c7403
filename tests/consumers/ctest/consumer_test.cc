#include <gtest/gtest.h>

TEST(Suite, One) {}
class Clash : public testing::TestWithParam<const char*> {};
TEST_P(Clash, Names) {}
INSTANTIATE_TEST_SUITE_P(Of, Clash, testing::Values("a/b", "a_b"));
