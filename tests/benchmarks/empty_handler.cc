// Linked into overhead_subject: a task-clock event at 1000 Hz whose signal
// handler does nothing. What it costs is the price of the interrupts, below
// which no profiler with that clock can come.
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench_profiler/collectors/cpu/sample_timer.h"

namespace {

void Ignore(int, siginfo_t*, void*) {}

bool Start() {
  struct sigaction action = {};
  action.sa_sigaction = Ignore;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigaction(SIGPROF, &action, nullptr);
  static bench_profiler::SampleTimer timer;
  constexpr int64_t kPeriodNs = 1000000;
  return timer.Start(bench_profiler::SampleClock::kTaskClock,
                     static_cast<pid_t>(syscall(SYS_gettid)), SIGPROF,
                     kPeriodNs, kPeriodNs, &timer) == 0;
}

const bool started = Start();

}  // namespace
