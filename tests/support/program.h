// Runs a program as a user would and tells what came of it.
//
//   ProgramResult result = RunProgram({bench, "--cpuprofile=cpu.prof"},
//   options); EXPECT_EQ(result.exit_code, 0) << result.err;
#ifndef BENCH_PROFILER_TESTS_SUPPORT_PROGRAM_H_
#define BENCH_PROFILER_TESTS_SUPPORT_PROGRAM_H_

#include <string>
#include <utility>
#include <vector>

namespace bench_profiler {

struct ProgramOptions {
  std::string directory = ".";                                   // to run in
  std::vector<std::pair<std::string, std::string>> environment;  // added
  int signal = 0;  // sent after `signal_after_ms`, 0: none
  int signal_after_ms = 0;
  std::string signal_when_exists;  // and not before this file does
  int signal_again_after_ms = -1;  // once more, -1: not
  int timeout_seconds = 120;       // then it is killed: signal SIGKILL
  long max_pending_signals = -1;   // RLIMIT_SIGPENDING, -1: unchanged
  unsigned user = 0;               // run as this user id, 0: unchanged
};

struct ProgramResult {
  int exit_code = -1;  // -1: ended by a signal
  int signal = 0;      // that ended it
  long peak_kib = 0;   // of resident memory
  std::string out;
  std::string err;
};

ProgramResult RunProgram(const std::vector<std::string>& arguments,
                         const ProgramOptions& options = {});

// A new empty folder, removed with all it holds at the end of its life.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const {
    return path_ + "/" + name;
  }

 private:
  std::string path_;
};

bool FileExists(const std::string& path);
std::string ReadFile(const std::string& path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_PROGRAM_H_
