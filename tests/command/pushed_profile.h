// What a store makes of a request of `bench_profiler push`: all of it is
// decoded, and what is no such request fails the test.
//
//   PushedProfile pushed = DecodedPush(folder, server.requests()[0]);
//   EXPECT_EQ(pushed.labels["branch"], "main");
#ifndef BENCH_PROFILER_TESTS_COMMAND_PUSHED_PROFILE_H_
#define BENCH_PROFILER_TESTS_COMMAND_PUSHED_PROFILE_H_

#include <map>
#include <string>

#include "tests/command/tool.h"
#include "tests/support/profile_view.h"

namespace bench_profiler {

struct PushedProfile {
  std::string head;  // of the request
  std::map<std::string, std::string> labels;
  std::string id;
  ProfileView profile;
};

// Writes a file to the folder.
PushedProfile DecodedPush(const ToolFolder& folder, const std::string& request);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_COMMAND_PUSHED_PROFILE_H_
