#include "bench_profiler/run/interrupt.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <atomic>

#include "bench_profiler/sampling/section.h"

namespace bench_profiler {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};
constexpr int kCrashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

// Two signals within this time count as one, since timeout(1) sends its signal
// both to the program and to the program's group.
constexpr int64_t kOneWishNanos = 100 * 1000 * 1000;

// The child has only one thread, and is a copy of the program in the middle of
// anything. So it may wait for ever for a lock that another thread held.
constexpr bool kMayHang = true;

int (*save_profiles)() = nullptr;
pid_t owner = 0;
std::atomic<int> pending{0};            // the signal that ends the program
std::atomic<int64_t> pending_since{0};  // 0: no signal came yet
std::atomic<bool> all_saved{false};

int64_t Now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

sigset_t OurSignals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : kSignals) sigaddset(&set, signal);
  return set;
}

// Ends the process by `signal`.
[[noreturn]] void EndBy(int signal) {
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

// Must be called in a section. Unblocks the signals, so that a second one can
// come while the handler of the first one waits.
[[noreturn]] void SaveAndEndBy(int signal) {
  if (!all_saved.load()) {
    const sigset_t signals = OurSignals();
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
    RunWriter(save_profiles, &pending, kMayHang);
  }
  EndBy(signal);
}

// All functions called here and above are async-signal-safe (by POSIX; gettid
// and clone are system calls). errno need not be saved: either nothing that
// sets it is called, or the process ends.
void OnInterrupt(int signal) {
  if (getpid() != owner) {  // a forked child of the program: not our affair
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    sigaction(signal, &action, nullptr);
    raise(signal);  // delivered when this handler returns
    return;
  }
  const int64_t now = Now();
  int64_t first = 0;
  if (!pending_since.compare_exchange_strong(first, now)) {
    if (now - first >= kOneWishNanos) EndBy(signal);
    return;
  }
  pending.store(signal);
  // If a section lives, perhaps in this very thread, the rest is done at its
  // end.
  if (UninterruptedSection::TryEnter()) SaveAndEndBy(signal);
}

void EndIfInterrupted() {
  const int signal = pending.load();
  // The signal did not come to a forked child.
  if (signal == 0 || getpid() != owner) return;
  if (UninterruptedSection::TryEnter()) SaveAndEndBy(signal);
}

void SetHandlers(void (*from)(int), void (*to)(int)) {
  for (const int signal : kSignals) {
    struct sigaction action = {};
    sigaction(signal, nullptr, &action);
    if ((action.sa_flags & SA_SIGINFO) != 0 || action.sa_handler != from) {
      continue;
    }
    action.sa_handler = to;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
  }
}

// Both functions are async-signal-safe. The handler has been removed already,
// so that the signal, which is blocked until this returns, ends the process.
void OnCrash(int signal) {
  SaveAtOnce();
  raise(signal);
}

}  // namespace

void CatchInterrupts(int (*save)()) {
  save_profiles = save;
  UninterruptedSection::CallAfterEach(EndIfInterrupted);
  owner = getpid();
  PrepareWriter();
  SetHandlers(SIG_DFL, OnInterrupt);
}

void CatchCrashes() {
  for (const int signal : kCrashes) {
    struct sigaction action;
    sigaction(signal, nullptr, &action);
    if ((action.sa_flags & SA_SIGINFO) != 0 || action.sa_handler != SIG_DFL) {
      continue;
    }
    action.sa_handler = OnCrash;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(signal, &action, nullptr);
  }
}

void SaveAtOnce() {
  if (save_profiles == nullptr || getpid() != owner || all_saved.load() ||
      !UninterruptedSection::TryEnter()) {
    return;
  }
  RunWriter(save_profiles, &pending, kMayHang);
}

WriterResult SaveAtEnd(int (*save)()) {
  const WriterResult result = RunWriter(save, &pending, !kMayHang);
  all_saved.store(true);
  SetHandlers(OnInterrupt, SIG_DFL);
  return result;
}

}  // namespace bench_profiler
