#include "bench_profiler/platform/sample_signal.h"

#include <errno.h>

#include <initializer_list>

namespace bench_profiler {

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
  return sigaction(signal, &action, nullptr) == 0 ? 0 : errno;
}

void IgnoreSampleSignal(int signal) {
  struct sigaction action = {};
  action.sa_handler = SIG_IGN;
  sigaction(signal, &action, nullptr);
}

SampleSignalBlock::SampleSignalBlock(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  pthread_sigmask(SIG_BLOCK, &set, &before_);
}

SampleSignalBlock::~SampleSignalBlock() {
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace bench_profiler
