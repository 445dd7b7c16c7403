#include "tests/support/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace bench_profiler {
namespace {

[[noreturn]] void Become(const std::vector<std::string>& arguments,
                         const ProgramOptions& options, const std::string& out,
                         const std::string& err) {
  const int out_fd = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err_fd = open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (dup2(out_fd, 1) < 0 || dup2(err_fd, 2) < 0) _exit(125);
  if (options.max_pending_signals >= 0) {
    const auto limit = static_cast<rlim_t>(options.max_pending_signals);
    const rlimit limits = {limit, limit};
    setrlimit(RLIMIT_SIGPENDING, &limits);
  }
  // So that a test runner that ignores signals does not hide what is tested.
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
  if (chdir(options.directory.c_str()) != 0) _exit(126);
  if (options.user != 0 && setuid(options.user) != 0) _exit(126);
  for (const auto& variable : options.environment) {
    setenv(variable.first.c_str(), variable.second.c_str(), 1);
  }
  std::vector<char*> argv;
  for (const std::string& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  execvp(argv[0], argv.data());
  _exit(127);
}

}  // namespace

ProgramResult RunProgram(const std::vector<std::string>& arguments,
                         const ProgramOptions& options) {
  using Clock = std::chrono::steady_clock;
  const TemporaryFolder folder;
  const auto start = Clock::now();
  const pid_t child = fork();
  if (child == 0) Become(arguments, options, folder / "out", folder / "err");
  int signals = options.signal == 0                 ? 0
                : options.signal_again_after_ms < 0 ? 1
                                                    : 2;
  auto signal_at = start + std::chrono::milliseconds(options.signal_after_ms);
  int status = 0;
  rusage usage = {};
  while (wait4(child, &status, WNOHANG, &usage) == 0) {
    const auto now = Clock::now();
    if (signals > 0 && now >= signal_at &&
        (options.signal_when_exists.empty() ||
         FileExists(options.signal_when_exists))) {
      kill(child, options.signal);
      if (options.signal_again_after_ms == 0 && signals == 2) {
        kill(child, options.signal);
        --signals;
      }
      signal_at =
          now + std::chrono::milliseconds(options.signal_again_after_ms);
      --signals;
    }
    if (now - start > std::chrono::seconds(options.timeout_seconds)) {
      kill(child, SIGKILL);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ProgramResult result;
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  result.peak_kib = usage.ru_maxrss;
  result.out = ReadFile(folder / "out");
  result.err = ReadFile(folder / "err");
  return result;
}

TemporaryFolder::TemporaryFolder() {
  const char* base = std::getenv("TMPDIR");
  std::string name = base == nullptr ? "/tmp" : base;
  name += "/bench_profiler_test.XXXXXX";
  if (mkdtemp(name.data()) == nullptr) std::abort();
  path_ = name;
  std::filesystem::permissions(path_, std::filesystem::perms::all);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

bool FileExists(const std::string& path) {
  return std::filesystem::exists(path);
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace bench_profiler
