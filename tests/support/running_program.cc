#include "tests/support/running_program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <regex>

namespace bench_profiler {
namespace {

// For a minute at most.
template <class Condition>
bool WaitUntil(Condition condition) {
  for (int i = 0; i < 6000; ++i) {
    if (condition()) return true;
    usleep(10000);
  }
  return false;
}

}  // namespace

RunningProgram::RunningProgram(
    const std::vector<std::string>& arguments,
    const std::vector<std::pair<std::string, std::string>>& environment) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  int input[2] = {-1, -1};
  if (pipe2(input, O_CLOEXEC) != 0) return;
  pid_ = fork();
  if (pid_ == 0) {
    setpgid(0, 0);
    dup2(input[0], 0);
    constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC;
    dup2(open((folder_ / "out").c_str(), kFlags, 0600), 1);
    dup2(open((folder_ / "err").c_str(), kFlags, 0600), 2);
    for (const auto& [name, value] : environment) {
      setenv(name.c_str(), value.c_str(), 1);
    }
    if (chdir(folder_.path().c_str()) == 0) execvp(argv[0], argv.data());
    _exit(127);
  }
  close(input[0]);
  input_ = input[1];
}

RunningProgram::~RunningProgram() {
  EndInput();
  if (pid_ <= 0) return;
  kill(-pid_, SIGKILL);
  if (!has_ended_) waitpid(pid_, nullptr, 0);
}

int RunningProgram::Port() const {
  std::smatch match;
  std::string errors;
  static const std::regex pattern("http://[^/]*:([0-9]+)/");
  const bool is_there = WaitUntil([&] {
    errors = Errors();
    return std::regex_search(errors, match, pattern);
  });
  return is_there ? std::atoi(match[1].str().c_str()) : 0;
}

bool RunningProgram::HasSaid(const std::string& text) const {
  return WaitUntil([&] { return Errors().find(text) != std::string::npos; });
}

void RunningProgram::EndInput() {
  if (input_ >= 0) close(input_);
  input_ = -1;
}

void RunningProgram::Signal(int number) const {
  if (pid_ > 0) kill(pid_, number);
}

ProgramResult RunningProgram::Wait() {
  int status = 0;
  const auto has_ended = [&] { return waitpid(pid_, &status, WNOHANG) != 0; };
  if (!WaitUntil(has_ended)) {
    Signal(SIGKILL);
    waitpid(pid_, &status, 0);
  }
  has_ended_ = true;
  ProgramResult result;
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  result.out = Output();
  result.err = Errors();
  return result;
}

}  // namespace bench_profiler
