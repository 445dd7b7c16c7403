// A test that runs until its input ends.
#include <gtest/gtest.h>
#include <poll.h>

namespace {

volatile unsigned sink;

__attribute__((noinline)) void TestWork() {
  for (unsigned i = 0; i < 1000000; ++i) sink = sink + i;
}

TEST(Http, RunsUntilTheInputEnds) {
  pollfd input = {0, POLLIN, 0};
  while (poll(&input, 1, 0) == 0) TestWork();
}

}  // namespace
