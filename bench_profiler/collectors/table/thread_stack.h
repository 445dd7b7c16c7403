// Walks the stack of the calling thread, outside of signal handlers.
//
//   ucontext_t context;        // not on the stack, if little of it may be left
//   CaptureContext(&context);  // in a function that is still running
//   StackTrace trace = WalkThreadStack(AllocationThread::Current(), context,
//                                      addresses);
#ifndef BENCH_PROFILER_COLLECTORS_TABLE_THREAD_STACK_H_
#define BENCH_PROFILER_COLLECTORS_TABLE_THREAD_STACK_H_

#include <cstdint>

#include "bench_profiler/interpose/allocation_thread.h"
#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/stack_bounds.h"
#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

// The part of the stack that is known to be readable stays with the thread.
inline StackTrace WalkThreadStack(AllocationThread* thread,
                                  const ucontext_t& context,
                                  uintptr_t (&addresses)[kMaxFrames],
                                  WalkLog* log = nullptr) {
  StackBounds bounds = {thread->stack_low, thread->stack_high};
  if (bounds.high == 0) {
    bounds = FindStackBounds(StackPointer(context));
  } else {
    ExtendBounds(StackPointer(context), &bounds);
  }
  thread->stack_low = bounds.low;
  thread->stack_high = bounds.high;
  return WalkStackByCfi(context, bounds, addresses, kMaxFrames, log);
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_TABLE_THREAD_STACK_H_
