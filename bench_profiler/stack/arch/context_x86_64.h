// platform/context.h for x86-64.
#ifndef BENCH_PROFILER_STACK_ARCH_CONTEXT_X86_64_H_
#define BENCH_PROFILER_STACK_ARCH_CONTEXT_X86_64_H_

#include <ucontext.h>

#include <cstdint>

namespace bench_profiler {

inline uintptr_t StackPointer(const ucontext_t& context) {
  return static_cast<uintptr_t>(context.uc_mcontext.gregs[REG_RSP]);
}

inline uintptr_t FramePointer(const ucontext_t& context) {
  return static_cast<uintptr_t>(context.uc_mcontext.gregs[REG_RBP]);
}

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

#endif  // BENCH_PROFILER_STACK_ARCH_CONTEXT_X86_64_H_
