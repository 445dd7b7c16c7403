#include "bench_profiler/command/interrupts.h"

#include <time.h>

#include <initializer_list>

namespace bench_profiler {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kAtOnce = std::chrono::milliseconds(100);

}  // namespace

Interrupts::Interrupts() {
  sigemptyset(&waited_for_);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    // nohup and a shell's `&` ignore some.
    struct sigaction action;
    if (sigaction(number, nullptr, &action) == 0 &&
        action.sa_handler != SIG_IGN) {
      sigaddset(&waited_for_, number);
    }
  }
  // Linux keeps a blocked signal even if nothing handles it.
  sigaddset(&waited_for_, SIGCHLD);
  sigaddset(&waited_for_, SIGPIPE);
  sigprocmask(SIG_BLOCK, &waited_for_, &mask_before_);
}

Interrupts::~Interrupts() {
  // The other one of two at once must not end what follows.
  while (signal_ != 0 && Clock::now() - came_ < kAtOnce) Wait(10);
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  const timespec now = {0, 0};
  sigtimedwait(&pipe, nullptr, &now);
  sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
}

bool Interrupts::Wait(int milliseconds) {
  const timespec time = {milliseconds / 1000,
                         milliseconds % 1000 * 1000 * 1000L};
  const int number = sigtimedwait(&waited_for_, nullptr, &time);
  if (number <= 0 || number == SIGCHLD || number == SIGPIPE) return false;
  const Clock::time_point now = Clock::now();
  if (signal_ != 0 && now - came_ < kAtOnce) return false;
  signal_ = number;
  came_ = now;
  return true;
}

}  // namespace bench_profiler
