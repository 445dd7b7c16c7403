// Lets a system call that a sample's signal has interrupted begin again.
//
//   ContinueSystemCall(context);   // at the end of the handler
//
// With SA_RESTART the kernel does that by itself for read(2) and many others,
// but not for epoll_wait, poll, select, nanosleep, semop and a few more: these
// return EINTR, which the program would not have seen without the profiler. A
// thread that waits in one gets no signal from us. But a thread that was
// running when the signal was sent may just be entering one.
#ifndef BENCH_PROFILER_INTERPOSE_INTERRUPTED_CALL_H_
#define BENCH_PROFILER_INTERPOSE_INTERRUPTED_CALL_H_

#include <ucontext.h>

namespace bench_profiler {

// Changes `context` so that the call is made again, if it was one of those and
// has returned EINTR. That is as if the signal had come right before the call,
// which may happen to any program. Does nothing otherwise, and on processors
// other than x86-64: there the kernel has overwritten an argument of the call.
// Async-signal-safe.
void ContinueSystemCall(ucontext_t* context);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_INTERRUPTED_CALL_H_
