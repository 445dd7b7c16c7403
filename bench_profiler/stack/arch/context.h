// Reads and makes what a signal handler gets as its third argument.
//
//   ucontext_t context;
//   CaptureContext(&context);   // as if a signal had come here
//   uintptr_t top = StackPointer(context);
//
// CaptureContext sets the registers that a function's caller can rely on, and
// no others: they are all that unwinding needs here. getcontext(3) does more,
// and asks the kernel for the signal mask. Inlined, so that they are those of
// the caller. StackPointer and FramePointer are those of the interrupted code.
// All are async-signal-safe.
#ifndef BENCH_PROFILER_STACK_ARCH_CONTEXT_H_
#define BENCH_PROFILER_STACK_ARCH_CONTEXT_H_

#if defined(__x86_64__)
#include "bench_profiler/stack/arch/context_x86_64.h"  // IWYU pragma: export
#elif defined(__aarch64__)
#include "bench_profiler/stack/arch/context_aarch64.h"  // IWYU pragma: export
#else
#error "bench_profiler runs on x86-64 and AArch64"
#endif

#endif  // BENCH_PROFILER_STACK_ARCH_CONTEXT_H_
