// stack/registers.h for x86-64.
//
// Source: System V ABI, AMD64 supplement, figure 3.36 (DWARF register numbers).
#ifndef BENCH_PROFILER_STACK_ARCH_REGISTERS_X86_64_H_
#define BENCH_PROFILER_STACK_ARCH_REGISTERS_X86_64_H_

#include <ucontext.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace bench_profiler {

inline constexpr size_t kFramePointer = 6;    // rbp
inline constexpr size_t kStackPointer = 7;    // rsp
inline constexpr size_t kReturnAddress = 16;  // a column, not a register
inline constexpr size_t kNumRegisters = 17;

using RegisterMask = uint32_t;
using Registers = std::array<uintptr_t, kNumRegisters>;

inline uintptr_t CodeAddress(uintptr_t return_address) {
  return return_address;
}

inline Registers RegistersOf(const ucontext_t& context) {
  constexpr int kContextIndex[kNumRegisters] = {
      REG_RAX, REG_RDX, REG_RCX, REG_RBX, REG_RSI, REG_RDI,
      REG_RBP, REG_RSP, REG_R8,  REG_R9,  REG_R10, REG_R11,
      REG_R12, REG_R13, REG_R14, REG_R15, REG_RIP};
  Registers registers;
  for (size_t i = 0; i < kNumRegisters; ++i) {
    registers[i] =
        static_cast<uintptr_t>(context.uc_mcontext.gregs[kContextIndex[i]]);
  }
  return registers;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_ARCH_REGISTERS_X86_64_H_
