// The registers of one frame, numbered as DWARF numbers them.
//
//   Registers registers = RegistersOf(*context);  // of the interrupted code
//   registers[kStackPointer] += 8;
//   uintptr_t code = CodeAddress(return_address);  // without a signature
//
// kReturnAddress stands for where the frame's code is, kNumRegisters is how
// many are followed, RegisterMask has a bit for each. All functions are
// async-signal-safe.
#ifndef BENCH_PROFILER_STACK_ARCH_REGISTERS_H_
#define BENCH_PROFILER_STACK_ARCH_REGISTERS_H_

#if defined(__x86_64__)
#include "bench_profiler/stack/arch/registers_x86_64.h"  // IWYU pragma: export
#elif defined(__aarch64__)
#include "bench_profiler/stack/arch/registers_aarch64.h"  // IWYU pragma: export
#else
#error "bench_profiler runs on x86-64 and AArch64"
#endif

#endif  // BENCH_PROFILER_STACK_ARCH_REGISTERS_H_
