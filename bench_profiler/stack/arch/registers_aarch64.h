// stack/registers.h for AArch64.
//
// Source: DWARF for the Arm 64-bit Architecture, table "DWARF register names".
#ifndef BENCH_PROFILER_STACK_ARCH_REGISTERS_AARCH64_H_
#define BENCH_PROFILER_STACK_ARCH_REGISTERS_AARCH64_H_

#include <ucontext.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace bench_profiler {

inline constexpr size_t kFramePointer = 29;
inline constexpr size_t kLinkRegister = 30;
inline constexpr size_t kStackPointer = 31;
inline constexpr size_t kReturnAddress = 32;  // pc
inline constexpr size_t kNumRegisters = 33;

using RegisterMask = uint64_t;
using Registers = std::array<uintptr_t, kNumRegisters>;

// Where functions sign their return addresses, the signature is in bits that no
// address has. XPACLRI, which is a hint and does nothing on older processors,
// takes them out of x30.
inline uintptr_t CodeAddress(uintptr_t return_address) {
  register uintptr_t x30 asm("x30") = return_address;
  asm("hint #7" : "+r"(x30));
  return x30;
}

inline Registers RegistersOf(const ucontext_t& context) {
  Registers registers;
  for (size_t i = 0; i < kStackPointer; ++i) {
    registers[i] = context.uc_mcontext.regs[i];
  }
  registers[kStackPointer] = context.uc_mcontext.sp;
  registers[kReturnAddress] = context.uc_mcontext.pc;
  return registers;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_ARCH_REGISTERS_AARCH64_H_
