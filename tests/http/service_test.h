// A service that runs while a test asks it for profiles.
//
//   TEST_F(HttpService, ...) {
//     RunningProgram& service = Preloaded({"--mutexprofilefraction=1"});
//     EXPECT_EQ(Get(service.Port(), "/debug/pprof/heap").status, 200);
//   }
#ifndef BENCH_PROFILER_TESTS_HTTP_SERVICE_TEST_H_
#define BENCH_PROFILER_TESTS_HTTP_SERVICE_TEST_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/http_client.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"
#include "tests/support/running_program.h"

namespace bench_profiler {

class HttpService : public testing::Test {
 protected:
  // An ordinary program with the profiler preloaded. Its threads run already.
  RunningProgram& Preloaded(std::vector<std::string> flags,
                            const std::vector<std::string>& program = {
                                PROGRAMS "/http_ordinary"}) {
    std::vector<std::string> arguments = {LAUNCHER, "run"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    arguments.push_back("--");
    arguments.insert(arguments.end(), program.begin(), program.end());
    Start(arguments).HasSaid("started");
    return *service_;
  }

  // A program that is linked with it.
  RunningProgram& Start(const std::vector<std::string>& arguments) {
    service_ = std::make_unique<RunningProgram>(arguments);
    return *service_;
  }

  std::string Url(const std::string& target) const {
    return "http://localhost:" + std::to_string(service_->Port()) + target;
  }

  // Whether a command can be run here.
  static bool CanRun(const char* command) {
    return RunProgram({"sh", "-c", std::string("command -v ") + command})
               .exit_code == 0;
  }

  // What `go tool pprof FLAGS URL` shows.
  ProgramResult Pprof(std::vector<std::string> flags,
                      const std::string& target) {
    ProgramOptions options;
    options.directory = folder_.path();
    options.environment = {{"PPROF_TMPDIR", folder_.path()}};
    flags.insert(flags.begin(), {"go", "tool", "pprof"});
    flags.push_back(Url(target));
    return RunProgram(flags, options);
  }

  ProfileView Read(const HttpAnswer& answer) {
    const std::string path = folder_ / "answer";
    std::ofstream(path, std::ios::binary) << answer.body;
    return ReadProfile(path);
  }

  const TemporaryFolder folder_;
  std::unique_ptr<RunningProgram> service_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_HTTP_SERVICE_TEST_H_
