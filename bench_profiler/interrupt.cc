#include "bench_profiler/interrupt.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>

#include "bench_profiler/platform/bare_fork.h"

namespace bench_profiler {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

int (*save_profiles)() = nullptr;
pid_t owner = 0;
std::atomic<bool> busy{false};
std::atomic<int> pending{0};

// Waits for the child that writes. Not for ever: it may hang on a lock that a
// thread held which does not exist in it.
void AwaitChild(pid_t child) {
  constexpr int kStepsOf10Ms = 6000;
  const timespec step = {0, 10 * 1000 * 1000};
  for (int i = 0; i < kStepsOf10Ms; ++i) {
    const pid_t ended = waitpid(child, nullptr, WNOHANG);
    if (ended == child || (ended < 0 && errno != EINTR)) return;
    nanosleep(&step, nullptr);
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
}

// All calls are async-signal-safe (POSIX; bare_fork.h).
void SaveInChild() {
  const pid_t child = BareFork();
  if (child == 0) _exit(save_profiles());
  if (child > 0) AwaitChild(child);
}

// Ends the process by `signal`.
[[noreturn]] void SaveAndEndBy(int signal) {
  SaveInChild();
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  sigaction(signal, &action, nullptr);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  raise(signal);
  _exit(128 + signal);
}

void OnInterrupt(int signal) {
  if (getpid() != owner) {  // a forked child of the program: not our affair
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    sigaction(signal, &action, nullptr);
    raise(signal);  // delivered when this handler returns
    return;
  }
  pending.store(signal);
  // If a section lives, perhaps in this very thread, its end does the rest.
  if (UninterruptedSection::TryEnter()) SaveAndEndBy(signal);
}

}  // namespace

void CatchInterrupts(int (*save)()) {
  save_profiles = save;
  owner = getpid();
  for (const int signal : kSignals) {
    struct sigaction action = {};
    sigaction(signal, nullptr, &action);
    if ((action.sa_flags & SA_SIGINFO) != 0 || action.sa_handler != SIG_DFL) {
      continue;
    }
    action.sa_handler = OnInterrupt;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
  }
}

void SaveAtOnce() {
  if (getpid() == owner && UninterruptedSection::TryEnter()) SaveInChild();
}

void StopCatchingInterrupts() {
  for (const int signal : kSignals) {
    struct sigaction action = {};
    sigaction(signal, nullptr, &action);
    if ((action.sa_flags & SA_SIGINFO) != 0 ||
        action.sa_handler != OnInterrupt) {
      continue;
    }
    action.sa_handler = SIG_DFL;
    sigaction(signal, &action, nullptr);
  }
}

bool UninterruptedSection::TryEnter() { return !busy.exchange(true); }

void UninterruptedSection::Leave() {
  busy.store(false);
  const int signal = pending.load();
  if (signal != 0 && TryEnter()) SaveAndEndBy(signal);
}

UninterruptedSection::UninterruptedSection() {
  while (!TryEnter()) sched_yield();
}

UninterruptedSection::~UninterruptedSection() { Leave(); }

}  // namespace bench_profiler
