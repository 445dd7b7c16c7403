// Looks at another thread: where it is, and what it is working on.
//
//   ObservedThread seen;
//   switch (ObserveThread(tid, &seen)) {
//     case Observation::kSeen: ...      // it waits, seen.stack() is right
//     case Observation::kRunning: ...   // ask it itself (stack_request.h)
//
// A thread that waits in the kernel notices nothing. Nothing here uses malloc
// or a lock.
#ifndef BENCH_PROFILER_RECORD_OBSERVED_THREAD_H_
#define BENCH_PROFILER_RECORD_OBSERVED_THREAD_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

#include "bench_profiler/stack/other_stack.h"
#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

struct ObservedThread {
  static constexpr long kNoSystemCall = -1;  // a page fault, or it runs

  long system_call = kNoSystemCall;
  int64_t cpu_nanos = 0;      // that it had used
  uint64_t own_activity = 0;  // as OwnActivity() in that thread
  uint32_t labels = 0;        // as CurrentLabels()
  StackTrace trace;
  uintptr_t addresses[kMaxFrames];  // `trace.depth` of them
};

enum class Observation {
  kSeen,
  kRunning,  // or it ran meanwhile
  kGone,
  kUnknown,  // the kernel does not tell
};

// `seen` is set for kSeen only. `copy` is room to work in.
Observation ObserveThread(pid_t tid, StackCopyBuffer* copy,
                          ObservedThread* seen);

// The activity that thread `tid` has entered by a RunScope, 0 for none.
uint64_t ActivityOfThread(pid_t tid);

// What CurrentLabels() is in thread `tid`.
uint32_t LabelsOfThread(pid_t tid);

// The same of the calling thread. Async-signal-safe.
uint64_t OwnActivity();

// What CurrentActivity() is in a thread with that activity of its own: if it
// has none, it takes part in what the others do now. Async-signal-safe.
uint64_t ActivityNow(uint64_t own);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_OBSERVED_THREAD_H_
