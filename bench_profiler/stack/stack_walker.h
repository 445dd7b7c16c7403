// Captures the call stack of the current thread from a signal handler's
// context.
//
//   uintptr_t pcs[kMaxFrames];
//   StackTrace trace = WalkStackByCfi(*context, bounds, pcs, kMaxFrames);
//   // pcs[0] is the interrupted instruction, pcs[trace.depth - 1] the root.
#ifndef BENCH_PROFILER_STACK_STACK_WALKER_H_
#define BENCH_PROFILER_STACK_STACK_WALKER_H_

#include <ucontext.h>

#include <cstddef>
#include <cstdint>

namespace bench_profiler {

// Stacks deeper than this keep their leaf end.
inline constexpr size_t kMaxFrames = 256;

// Memory [low, high) that is known to be readable: the thread's stack. Both 0
// if unknown, and a stack may also lie elsewhere (a fiber, an alternate signal
// stack): then each page is probed before it is read.
struct StackBounds {
  uintptr_t low = 0;
  uintptr_t high = 0;
};

struct WalkLog;

struct StackTrace {
  size_t depth = 0;        // entries of pcs that were filled, at least 1
  bool truncated = false;  // there were more frames than room
};

// Fills `pcs` from the leaf outwards with addresses to look up: the interrupted
// instruction for the leaf and for frames that a signal interrupted, the start
// of the signal trampoline, which nothing calls, and the return address minus
// one for all others. Code without unwind tables is followed as far as its
// return addresses come after calls; a chain that ends there ends early.
//
// Async-signal-safe: no locks, no allocation, no TLS, errno kept; the only
// system call is rt_sigprocmask as a probe for readable memory. Uses less than
// 2 KiB of stack. Never faults, whatever `context` or the stack holds, as long
// as no other thread unmaps what is being read: a stack that cannot be followed
// ends early. UpdateLoadedObjects (loaded_object.h) must have been called
// before. `log`, if not null, is told what was read (stack_memory.h).
StackTrace WalkStackByCfi(const ucontext_t& context, const StackBounds& bounds,
                          uintptr_t* pcs, size_t max_pcs,
                          WalkLog* log = nullptr);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_STACK_WALKER_H_
