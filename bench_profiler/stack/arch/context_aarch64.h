// platform/context.h for AArch64.
#ifndef BENCH_PROFILER_STACK_ARCH_CONTEXT_AARCH64_H_
#define BENCH_PROFILER_STACK_ARCH_CONTEXT_AARCH64_H_

#include <ucontext.h>

#include <cstdint>

namespace bench_profiler {

inline uintptr_t StackPointer(const ucontext_t& context) {
  return context.uc_mcontext.sp;
}

inline uintptr_t FramePointer(const ucontext_t& context) {
  return context.uc_mcontext.regs[29];
}

__attribute__((always_inline)) inline void CaptureContext(ucontext_t* context) {
  // x19 to x30, then sp and pc, which come after them in sigcontext.
  asm volatile(
      "stp x19, x20, [%0]\n\t"
      "stp x21, x22, [%0, #16]\n\t"
      "stp x23, x24, [%0, #32]\n\t"
      "stp x25, x26, [%0, #48]\n\t"
      "stp x27, x28, [%0, #64]\n\t"
      "stp x29, x30, [%0, #80]\n\t"
      "mov x16, sp\n\t"
      "adr x17, .\n\t"
      "stp x16, x17, [%0, #96]"
      :
      : "r"(&context->uc_mcontext.regs[19])
      : "x16", "x17", "memory");
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_ARCH_CONTEXT_AARCH64_H_
