// Tells when the program calls daemon(3). Then it goes on in a forked child,
// and its parent, which is the one that is profiled, ends at once.
//
//   SetDaemonHandler(SayThatNothingIsWritten);
#ifndef BENCH_PROFILER_INTERPOSE_DAEMON_HOOK_H_
#define BENCH_PROFILER_INTERPOSE_DAEMON_HOOK_H_

namespace bench_profiler {

// `handler` is called before it happens. There is one for the whole process.
// Thread-safe.
void SetDaemonHandler(void (*handler)());

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_DAEMON_HOOK_H_
