// Reads what is needed of a signal handler's third argument, for x86-64.
#ifndef BENCH_PROFILER_PLATFORM_CONTEXT_H_
#define BENCH_PROFILER_PLATFORM_CONTEXT_H_

#include <ucontext.h>

#include <cstdint>

namespace bench_profiler {

// The stack pointer of the interrupted code. Async-signal-safe.
inline uintptr_t StackPointer(const ucontext_t& context) {
  return static_cast<uintptr_t>(context.uc_mcontext.gregs[REG_RSP]);
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_CONTEXT_H_
