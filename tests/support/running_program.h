// A program that runs while a test looks at it.
//
//   RunningProgram program({"./service", "localhost:0"});
//   EXPECT_EQ(Get(program.Port(), "/debug/pprof/").status, 200);
//   program.EndInput();
//   EXPECT_EQ(program.Wait().exit_code, 0);
#ifndef BENCH_PROFILER_TESTS_SUPPORT_RUNNING_PROGRAM_H_
#define BENCH_PROFILER_TESTS_SUPPORT_RUNNING_PROGRAM_H_

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/program.h"

namespace bench_profiler {

// At the end of its life it is killed, with what it has started: `go tool
// pprof` runs another program, which would stay.
class RunningProgram {
 public:
  explicit RunningProgram(
      const std::vector<std::string>& arguments,
      const std::vector<std::pair<std::string, std::string>>& environment = {});
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  pid_t pid() const { return pid_; }
  const TemporaryFolder& folder() const { return folder_; }  // it runs in

  // The first number of a port in an http://HOST:PORT that it writes to
  // standard error. Waits for that, for a minute at most: then 0.
  int Port() const;

  // Waits until `text` stands in its standard error.
  bool HasSaid(const std::string& text) const;

  std::string Output() const { return ReadFile(folder_ / "out"); }
  std::string Errors() const { return ReadFile(folder_ / "err"); }

  void EndInput();
  void Signal(int number) const;

  // Waits until it ends, and kills it after a minute.
  ProgramResult Wait();

 private:
  TemporaryFolder folder_;
  pid_t pid_ = -1;
  int input_ = -1;
  bool has_ended_ = false;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_RUNNING_PROGRAM_H_
