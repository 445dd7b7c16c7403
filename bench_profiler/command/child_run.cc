#include "bench_profiler/command/child_run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>

namespace bench_profiler {
namespace {

using Clock = std::chrono::steady_clock;

// How long a program may take to end once it is asked to.
constexpr auto kGrace = std::chrono::seconds(5);
constexpr int kPollMillis = 200;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Returns 0 or an error number.
int Start(const std::vector<std::string>& command, int output,
          const sigset_t& mask, pid_t* process) {
  std::vector<char*> argv;
  argv.reserve(command.size() + 1);
  for (const std::string& word : command) {
    argv.push_back(const_cast<char*>(word.c_str()));
  }
  argv.push_back(nullptr);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setsigmask(&attributes, &mask);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                   O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  const int code = posix_spawn(process, argv[0], &actions, &attributes,
                               argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return code;
}

// Leaves it as a zombie, so that its process group's number stays its own.
bool HasEnded(pid_t process) {
  siginfo_t info = {};
  return waitid(P_PID, static_cast<id_t>(process), &info,
                WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == process;
}

void Reap(pid_t process, ChildRun* run) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status)) run->exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) run->signal = WTERMSIG(status);
}

[[noreturn]] void EndBy(int number) {
  signal(number, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  raise(number);
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
  _exit(128 + number);
}

// Ends all of the process group: politely first, since a program may have files
// to remove.
void EndGroup(pid_t process, Interrupts* interrupts,
              const std::function<void(bool is_ending)>& waiting) {
  const Clock::time_point start = Clock::now();
  kill(-process, SIGTERM);
  while (!HasEnded(process) && Clock::now() - start < kGrace) {
    waiting(true);
    if (!interrupts->Wait(kPollMillis)) continue;
    kill(-process, SIGKILL);
    EndBy(interrupts->signal());
  }
  kill(-process, SIGKILL);
}

}  // namespace

ChildRun RunChild(const std::vector<std::string>& command,
                  const std::string& output, Interrupts* interrupts,
                  const std::function<void(bool is_ending)>& waiting) {
  ChildRun run;
  const int file =
      open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC,
           0666);
  if (file < 0) {
    run.error = output + ": " + std::strerror(errno);
    return run;
  }
  const Clock::time_point start = Clock::now();
  pid_t process = 0;
  const int code = Start(command, file, interrupts->mask_before(), &process);
  close(file);
  if (code != 0) {
    run.error = command[0] + ": " + std::strerror(code);
    return run;
  }
  waiting(false);
  while (!HasEnded(process)) {
    waiting(false);
    if (!interrupts->Wait(kPollMillis)) continue;
    run.was_interrupted = true;
    EndGroup(process, interrupts, waiting);
    break;
  }
  Reap(process, &run);
  run.seconds = SecondsSince(start);
  return run;
}

std::string HowItEnded(const ChildRun& run) {
  if (!run.error.empty()) return run.error;
  if (run.signal == 0) return "exit code " + std::to_string(run.exit_code);
  return "signal " + std::to_string(run.signal) + " (" + strsignal(run.signal) +
         ")";
}

}  // namespace bench_profiler
