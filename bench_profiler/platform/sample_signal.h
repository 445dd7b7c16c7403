// Catching and holding back the signal that takes samples.
//
//   InstallSampleHandler(OnSample);
//   { SampleSignalBlock block; ... }   // not interrupted in here
//
// It is SIGSTKFLT, which the kernel never sends: so a program keeps SIGPROF and
// ITIMER_PROF, and real-time signals, which perf events would queue without
// bound while a thread blocks them. A program that handles SIGSTKFLT by itself,
// as one does that handles all signals, keeps it, too: what it sets is kept
// here, and called for the signals that are not samples (signal_hooks.cc).
#ifndef BENCH_PROFILER_PLATFORM_SAMPLE_SIGNAL_H_
#define BENCH_PROFILER_PLATFORM_SAMPLE_SIGNAL_H_

#include <signal.h>
#include <sys/types.h>

namespace bench_profiler {

inline constexpr int kSampleSignal = SIGSTKFLT;

// Returns whether the signal is a sample; if `context` is not null, takes it.
using SampleHandler = bool (*)(const siginfo_t& info, void* context);

// Installs `handler` with SA_RESTART, all signals blocked while it runs.
// Returns 0 or an errno. It stays for good: late signals must not end the
// process, nor come to the program. Without SA_ONSTACK: an alternate stack is
// made for one known handler and may be as small as MINSIGSTKSZ, while the
// stack in use always has room for the next function call.
int InstallSampleHandler(SampleHandler handler);

// False once the program has installed a handler by other means than
// sigaction(2) and signal(2), as by a system call of its own.
bool SampleHandlerIsInPlace();

// Whether thread `tid` of this process blocks the signal. No malloc, no locks.
bool BlocksSampleSignal(pid_t tid);

// Blocks the signal in the calling thread for a scope.
class SampleSignalBlock {
 public:
  SampleSignalBlock();
  ~SampleSignalBlock();
  SampleSignalBlock(const SampleSignalBlock&) = delete;
  SampleSignalBlock& operator=(const SampleSignalBlock&) = delete;

 private:
  // Not the whole mask, of 128 bytes: one of these is in thread-local storage,
  // of which the libraries of a program share little.
  bool was_blocked_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_SAMPLE_SIGNAL_H_
