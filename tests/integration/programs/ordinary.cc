// A program that knows of no framework and of no profiler. Its arguments are
// what it does, one after the other.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

#include "spin.h"

extern char** environ;

namespace {

// The comment for the assembler keeps the two apart.
__attribute__((noinline)) void OrdinaryWork(double seconds) {
  SpinFor(seconds);
  __asm__ volatile("# OrdinaryWork");
}
__attribute__((noinline)) void ThreadWork(double seconds) {
  SpinFor(seconds);
  __asm__ volatile("# ThreadWork");
}
__attribute__((noinline)) void AllocateBlocks(int count) {
  for (int i = 0; i < count; ++i) {
    char* volatile block = static_cast<char*>(std::malloc(100));
    std::free(block);
  }
}

void PrintEnvironment() {
  for (char** variable = environ; *variable != nullptr; ++variable) {
    for (const char* prefix : {"LD_PRELOAD=", "BENCH_PROFILER_"}) {
      if (std::strncmp(*variable, prefix, std::strlen(prefix)) == 0) {
        std::puts(*variable);
      }
    }
  }
}

int RunChild(char** command) {
  const pid_t child = fork();
  if (child == 0) {
    execv(command[0], command);
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

// Blocks all signals, works, and returns the signal that waits then; 0: none.
int WorkAndWait(double seconds) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  OrdinaryWork(seconds);
  const timespec no_time = {};
  const int signal = sigtimedwait(&all, nullptr, &no_time);
  return signal > 0 ? signal : 0;
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string what = argv[i];
    const double value = i + 1 < argc ? std::atof(argv[i + 1]) : 0;
    if (what == "work") OrdinaryWork(value);
    if (what == "thread-work") std::thread(ThreadWork, value).join();
    if (what == "allocate") AllocateBlocks(static_cast<int>(value));
    if (what == "environment") PrintEnvironment();
    if (what == "say") std::puts(argv[i + 1]);
    if (what == "child") return RunChild(argv + i + 1);
    if (what == "shell") std::printf("%d\n", std::system(argv[i + 1]));
    if (what == "execute") return execvp(argv[i + 1], argv + i + 1);
    if (what == "execute-work") {
      return execlp(argv[0], argv[0], "work", argv[i + 1], nullptr);
    }
    if (what == "wait-for-signals") return WorkAndWait(value);
    if (what == "raise") std::raise(static_cast<int>(value));
    if (what == "return") return static_cast<int>(value);
    if (what == "_exit") _exit(static_cast<int>(value));
    std::fflush(stdout);
  }
  return 0;
}
