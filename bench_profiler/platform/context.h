// Reads and makes what a signal handler gets as its third argument, for x86-64.
//
//   ucontext_t context;
//   CaptureContext(&context);   // as if a signal had come here
#ifndef BENCH_PROFILER_PLATFORM_CONTEXT_H_
#define BENCH_PROFILER_PLATFORM_CONTEXT_H_

#include <ucontext.h>

#include <cstdint>

namespace bench_profiler {

// The stack pointer of the interrupted code. Async-signal-safe.
inline uintptr_t StackPointer(const ucontext_t& context) {
  return static_cast<uintptr_t>(context.uc_mcontext.gregs[REG_RSP]);
}

inline uintptr_t FramePointer(const ucontext_t& context) {
  return static_cast<uintptr_t>(context.uc_mcontext.gregs[REG_RBP]);
}

// Sets the registers that a function's caller can rely on, and no others: they
// are all that unwinding needs here. getcontext(3) does more, and asks the
// kernel for the signal mask. Inlined, so that they are those of the caller.
// Async-signal-safe.
__attribute__((always_inline)) inline void CaptureContext(ucontext_t* context) {
  auto& registers = context->uc_mcontext.gregs;
  asm volatile(
      "movq %%rbx, %0\n\t"
      "movq %%rbp, %1\n\t"
      "movq %%rsp, %2\n\t"
      "movq %%r12, %3\n\t"
      "movq %%r13, %4\n\t"
      "movq %%r14, %5\n\t"
      "movq %%r15, %6\n\t"
      "leaq 0(%%rip), %%rax\n\t"
      "movq %%rax, %7"
      : "=m"(registers[REG_RBX]), "=m"(registers[REG_RBP]),
        "=m"(registers[REG_RSP]), "=m"(registers[REG_R12]),
        "=m"(registers[REG_R13]), "=m"(registers[REG_R14]),
        "=m"(registers[REG_R15]), "=m"(registers[REG_RIP])
      :
      : "rax", "memory");
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_CONTEXT_H_
