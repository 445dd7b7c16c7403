// Handles and blocks the signal that takes samples.
//
//   InstallSampleHandler(OnSample);
//   { SampleSignalBlock block; ... }   // not interrupted in here
//
// It is SIGSTKFLT, which the kernel never sends. So SIGPROF and ITIMER_PROF
// stay free for the program. A real-time signal would be queued by perf events
// without bound while a thread blocks it. A program may still handle SIGSTKFLT
// itself, as one does that handles all signals: its handler is noted, and
// called for the signals that are not samples (interpose/signal_hooks.cc).
#ifndef BENCH_PROFILER_PLATFORM_SAMPLE_SIGNAL_H_
#define BENCH_PROFILER_PLATFORM_SAMPLE_SIGNAL_H_

#include <signal.h>
#include <sys/types.h>

namespace bench_profiler {

inline constexpr int kSampleSignal = SIGSTKFLT;

// Returns whether the signal is a sample of this handler, and takes it if
// `context` is not null. Handlers know theirs by info.si_code: timers send
// SI_TIMER, perf events POLL_IN, requests for a stack SI_QUEUE.
using SampleHandler = bool (*)(const siginfo_t& info, void* context);

constexpr int kMaxSampleHandlers = 4;

// Adds `handler`, if it is not there yet, and installs all of them with
// SA_RESTART and all signals blocked while it runs. Returns 0 or an errno. They
// are never removed, since a late signal must neither end the process nor reach
// the program. They run on the stack that is in use, without SA_ONSTACK: an
// alternate stack is made for the program's own handler and may be as small as
// MINSIGSTKSZ.
int InstallSampleHandler(SampleHandler handler);

// Returns false once the program has installed another handler by a way that is
// not seen here, such as a system call of its own.
bool SampleHandlerIsInPlace();

// Returns whether thread `tid` of this process blocks the signal. Uses no
// malloc and no locks.
bool BlocksSampleSignal(pid_t tid);

// Blocks the signal in the calling thread for a scope.
class SampleSignalBlock {
 public:
  SampleSignalBlock();
  ~SampleSignalBlock();
  SampleSignalBlock(const SampleSignalBlock&) = delete;
  SampleSignalBlock& operator=(const SampleSignalBlock&) = delete;

 private:
  // One bit and not the whole mask of 128 bytes, since one such object is in
  // thread-local storage, where a program's libraries share little room.
  bool was_blocked_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_SAMPLE_SIGNAL_H_
