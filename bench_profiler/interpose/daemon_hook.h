// Tells when the program calls daemon(3): it goes on in a forked child, and its
// parent, which was profiled, ends at once.
//
//   SetDaemonHandler(SayThatNothingIsWritten);
#ifndef BENCH_PROFILER_INTERPOSE_DAEMON_HOOK_H_
#define BENCH_PROFILER_INTERPOSE_DAEMON_HOOK_H_

namespace bench_profiler {

// Called before it happens. One for the rest of the process. Thread-safe.
void SetDaemonHandler(void (*handler)());

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_DAEMON_HOOK_H_
