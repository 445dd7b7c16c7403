// Choosing, catching and holding back the signal that takes samples.
//
//   const int signal = FindFreeSignal();
//   InstallSampleHandler(signal, OnSample);
//   { SampleSignalBlock block(signal); ... }   // not interrupted in here
#ifndef BENCH_PROFILER_PLATFORM_SAMPLE_SIGNAL_H_
#define BENCH_PROFILER_PLATFORM_SAMPLE_SIGNAL_H_

#include <signal.h>

namespace bench_profiler {

// A signal that nobody in this process uses: SIGSTKFLT, which the kernel never
// sends, else SIGPROF. So a program keeps its own SIGPROF and ITIMER_PROF. Not
// a real-time signal: perf events would queue those without bound while a
// thread blocks them. 0 if both are taken.
int FindFreeSignal();

// Installs `handler` with SA_RESTART, all signals blocked while it runs.
// Returns 0 or an errno. Without SA_ONSTACK: an alternate stack is made for one
// known handler and may be as small as MINSIGSTKSZ, while the stack in use
// always has room for the next function call. Whoever sets the signal to its
// default from now on, by sigaction or signal, has it ignored.
int InstallSampleHandler(int signal, void (*handler)(int, siginfo_t*, void*));

// From now on a late signal is ignored. SIG_IGN, never SIG_DFL: a signal that
// is still pending would end the process.
void IgnoreSampleSignal(int signal);

// Blocks `signal` in the calling thread for a scope.
class SampleSignalBlock {
 public:
  explicit SampleSignalBlock(int signal);
  ~SampleSignalBlock();
  SampleSignalBlock(const SampleSignalBlock&) = delete;
  SampleSignalBlock& operator=(const SampleSignalBlock&) = delete;

 private:
  // Not the whole mask, of 128 bytes: one of these is in thread-local storage,
  // of which the libraries of a program share little.
  const int signal_;
  bool was_blocked_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_SAMPLE_SIGNAL_H_
