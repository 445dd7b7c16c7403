#include "bench_profiler/platform/sample_signal.h"

#include <errno.h>

#include <atomic>
#include <initializer_list>

#include "bench_profiler/export.h"

// glibc's sigaction, under the name that nobody takes the place of.
extern "C" int __sigaction(int number, const struct sigaction* action,
                           struct sigaction* before) noexcept;

namespace bench_profiler {
namespace {

std::atomic<int> sample_signal{0};
std::atomic<void (*)(int, siginfo_t*, void*)> sample_handler{nullptr};

}  // namespace

int FindFreeSignal() {
  for (const int signal : {SIGSTKFLT, SIGPROF}) {
    struct sigaction action;
    if (sigaction(signal, nullptr, &action) != 0) continue;
    const bool has_handler =
        (action.sa_flags & SA_SIGINFO) != 0 ||
        (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN);
    if (!has_handler) return signal;
  }
  return 0;
}

int InstallSampleHandler(int signal, void (*handler)(int, siginfo_t*, void*)) {
  struct sigaction action = {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigfillset(&action.sa_mask);
  sample_handler.store(handler);
  sample_signal.store(signal);
  return sigaction(signal, &action, nullptr) == 0 ? 0 : errno;
}

void IgnoreSampleSignal(int signal) {
  struct sigaction action = {};
  action.sa_handler = SIG_IGN;
  sigaction(signal, &action, nullptr);
}

SampleSignalBlock::SampleSignalBlock(int signal) : signal_(signal) {
  sigset_t set;
  sigset_t before;
  sigemptyset(&set);
  sigaddset(&set, signal_);
  pthread_sigmask(SIG_BLOCK, &set, &before);
  was_blocked_ = sigismember(&before, signal_) == 1;
}

SampleSignalBlock::~SampleSignalBlock() {
  if (was_blocked_) return;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal_);
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace bench_profiler

// Take the places of libc's for the program and its libraries: some set all
// signals to their defaults for a while, and that of this one would end the
// process at the next sample. It is ignored instead. Async-signal-safe, as
// libc's: atomic loads and libc's own functions.
extern "C" BENCH_PROFILER_EXPORT int sigaction(
    int number, const struct sigaction* action,
    struct sigaction* before) noexcept {
  struct sigaction ignore = {};
  if (number == bench_profiler::sample_signal.load() && action != nullptr &&
      (action->sa_flags & SA_SIGINFO) == 0 && action->sa_handler == SIG_DFL) {
    ignore.sa_handler = SIG_IGN;
    action = &ignore;
  }
  return __sigaction(number, action, before);
}

// signal tells a handler without its flags; set again, ours needs them.
extern "C" BENCH_PROFILER_EXPORT sighandler_t
signal(int number, sighandler_t handler) noexcept {
  const auto ours = bench_profiler::sample_handler.load();
  const bool is_sample_signal = number == bench_profiler::sample_signal.load();
  if (is_sample_signal && handler == SIG_DFL) handler = SIG_IGN;
  const sighandler_t before = ssignal(number, handler);  // the same in glibc
  if (is_sample_signal &&
      reinterpret_cast<void*>(handler) == reinterpret_cast<void*>(ours)) {
    bench_profiler::InstallSampleHandler(number, ours);
  }
  return before;
}
