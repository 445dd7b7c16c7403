// A benchmark that does something awkward in its timed loop, which the
// environment variable BAD_DAY names. Knows only Google Benchmark.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <poll.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bad_days.h"
#include "spin.h"

namespace {

__attribute__((noinline)) void TimedWork() {
  SpinFor(0.05);
  spin_sink = 1;
}

void Abort() { std::abort(); }
void Segfault() { raise(SIGSEGV); }
void Exit() { std::exit(0); }
void ExitBadly() { std::exit(7); }
void QuickExit() { std::quick_exit(0); }
void Throw() { throw std::runtime_error("nobody catches this"); }

void Fork() {
  const pid_t child = fork();
  if (child == 0) {
    SpinFor(0.02);
    std::exit(0);  // runs the exit handlers of the copy
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) std::_Exit(20);
}

void ForkAndExec() {
  const pid_t child = fork();
  if (child == 0) {
    setenv("BAD_DAY", "nothing", 1);
    execl("/proc/self/exe", "child_bench", "--benchmark_filter=Awkward",
          nullptr);
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) std::_Exit(21);
}

void Vfork() {
  const pid_t child = vfork();
  if (child == 0) _exit(0);
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) std::_Exit(22);
}

void System() {
  if (std::system("true") != 0) std::_Exit(23);
}

void ManyThreads() {
  for (int i = 0; i < 2500; ++i) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) threads.emplace_back([] { SpinFor(0.0005); });
    for (std::thread& thread : threads) thread.join();
  }
}

// System calls of one thread, while another burns CPU and is interrupted.
void SystemCalls() {
  std::atomic<bool> stop{false};
  std::thread burner([&] {
    while (!stop) Spin(1000);
  });
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) std::_Exit(24);
  std::thread writer([&] {
    usleep(100000);
    if (write(pipe_ends[1], "x", 1) != 1) std::_Exit(24);
  });
  char byte = 0;
  if (read(pipe_ends[0], &byte, 1) != 1 || byte != 'x') std::_Exit(24);
  writer.join();
  if (usleep(50000) != 0) std::_Exit(25);
  if (poll(nullptr, 0, 50) != 0) std::_Exit(26);
  stop = true;
  burner.join();
}

std::atomic<int> sigprof_count{0};
void CountSigprof(int) { ++sigprof_count; }

void OwnSigprof() {
  signal(SIGPROF, CountSigprof);
  itimerval timer = {{0, 10000}, {0, 10000}};
  setitimer(ITIMER_PROF, &timer, nullptr);
  SpinFor(0.3);
  timer = {};
  setitimer(ITIMER_PROF, &timer, nullptr);
  if (sigprof_count < 10) std::_Exit(27);
}

void KeepErrno() {
  errno = 0;
  SpinFor(0.2);
  if (errno != 0) std::_Exit(28);
}

void DeepRecursion(int depth) {
  if (depth == 0)
    SpinFor(0.2);
  else
    DeepRecursion(depth - 1);
  spin_sink = spin_sink + 1;
}
void Deep() { DeepRecursion(2000); }

void SmallAlternateStack() {
  static char memory[16384];
  stack_t stack = {};
  stack.ss_sp = memory;
  stack.ss_size = sizeof(memory);
  sigaltstack(&stack, nullptr);
  struct sigaction action = {};
  action.sa_handler = [](int) { SpinFor(0.2); };
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGUSR1, &action, nullptr);
  raise(SIGUSR1);
}

void TouchMuchAndFork() {
  std::vector<char> memory(size_t{256} << 20, 1);
  benchmark::DoNotOptimize(memory.data());
  for (int i = 0; i < 2; ++i) Fork();
}

__attribute__((noinline)) void ThrowFrom(int depth) {
  if (depth == 0) throw std::runtime_error("caught");
  ThrowFrom(depth - 1);
  spin_sink = spin_sink + 1;
}

// Libraries come and go while threads throw; DLOPEN_SECONDS of it, 3 if unset.
void DlopenAndThrow() {
  const char* seconds = std::getenv("DLOPEN_SECONDS");
  const double end = CpuSeconds(CLOCK_MONOTONIC) +
                     (seconds == nullptr ? 3 : std::atof(seconds));
  const auto load = [end] {
    while (CpuSeconds(CLOCK_MONOTONIC) < end) {
      if (void* library = dlopen("libanl.so.1", RTLD_NOW)) dlclose(library);
    }
  };
  const auto fail = [end] {
    while (CpuSeconds(CLOCK_MONOTONIC) < end) {
      try {
        ThrowFrom(10);
      } catch (const std::runtime_error&) {
      }
    }
  };
  std::thread threads[] = {std::thread(load), std::thread(load),
                           std::thread(fail), std::thread(fail)};
  for (std::thread& thread : threads) thread.join();
}

// What a build does to the program that runs: here its file goes, there another
// one takes its name, or it gets another name.
std::string OwnPath() {
  char path[4096];
  const ssize_t size = readlink("/proc/self/exe", path, sizeof(path));
  return {path, size > 0 ? static_cast<size_t>(size) : 0};
}

void DeleteProgram() {
  if (unlink(OwnPath().c_str()) != 0) std::_Exit(29);
}

void ReplaceProgram() {
  const std::string path = OwnPath();
  const std::string command =
      "cp /bin/true " + path + ".new && mv " + path + ".new " + path;
  if (std::system(command.c_str()) != 0) std::_Exit(29);
}

void RenameProgram() {
  const std::string path = OwnPath();
  if (std::rename(path.c_str(), (path + ".old").c_str()) != 0) std::_Exit(29);
}

void Nothing() {}

void BM_Awkward(benchmark::State& state) {
  static const std::map<std::string, void (*)()> days = {
      {"nothing", Nothing},
      {"abort", Abort},
      {"segfault", Segfault},
      {"exit", Exit},
      {"exit_badly", ExitBadly},
      {"quick_exit", QuickExit},
      {"throw", Throw},
      {"fork", Fork},
      {"fork_exec", ForkAndExec},
      {"vfork", Vfork},
      {"system", System},
      {"many_threads", ManyThreads},
      {"syscalls", SystemCalls},
      {"sigprof", OwnSigprof},
      {"errno", KeepErrno},
      {"deep", Deep},
      {"altstack", SmallAlternateStack},
      {"big_fork", TouchMuchAndFork},
      {"dlopen", DlopenAndThrow},
      {"delete_program", DeleteProgram},
      {"replace_program", ReplaceProgram},
      {"rename_program", RenameProgram},
      {"fork_threads", ForkWhileThreadsStart},
      {"all_signals", HandleAllSignals},
      {"sigwait", WaitForAllSignals},
      {"blocked", BlockAllSignals},
      {"small_stacks", UseSmallStacks},
      {"close_all", CloseAllDescriptors},
      {"no_timers", LoadWithoutTimers},
  };
  const char* day = std::getenv("BAD_DAY");
  for (auto _ : state) {
    TimedWork();
    days.at(day == nullptr ? "nothing" : day)();
    TimedWork();
  }
}
BENCHMARK(BM_Awkward)->Iterations(1);

void BM_After(benchmark::State& state) {
  for (auto _ : state) TimedWork();
}
BENCHMARK(BM_After)->Iterations(2);

}  // namespace

BENCHMARK_MAIN();
