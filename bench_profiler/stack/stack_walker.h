// Finds the call stack of the current thread from the context of a signal
// handler.
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

// Of a stack with more frames, those at the leaf end are kept.
inline constexpr size_t kMaxFrames = 256;

// Memory [low, high) that is known to be readable: the thread's stack. Both are
// 0 if unknown. Pages outside, as of a fiber's or an alternate signal stack,
// are probed before they are read.
struct StackBounds {
  uintptr_t low = 0;
  uintptr_t high = 0;
};

struct WalkLog;

struct StackTrace {
  size_t depth = 0;        // entries of pcs that were filled, at least 1
  bool truncated = false;  // there were more frames than room
};

// Fills `pcs` from the leaf outwards with addresses to look up. For the leaf,
// and for frames that a signal interrupted, this is the interrupted
// instruction; for a signal trampoline, which nothing calls, its start; for all
// others, the return address minus one. Through code without unwind tables the
// walk goes on as long as the return addresses are right behind calls;
// otherwise the stack ends there.
//
// Async-signal-safe: no locks, no allocation, no TLS, and errno is kept; the
// only system call is rt_sigprocmask as a probe for readable memory. Needs less
// than 2 KiB of stack. Never crashes, whatever `context` and the stack hold, as
// long as no other thread unmaps what is being read: a stack that cannot be
// followed just ends early. UpdateLoadedObjects (loaded_object.h) must have
// been called before. If `log` is not null, it gets what was read
// (stack_memory.h).
StackTrace WalkStackByCfi(const ucontext_t& context, const StackBounds& bounds,
                          uintptr_t* pcs, size_t max_pcs,
                          WalkLog* log = nullptr);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_STACK_WALKER_H_
