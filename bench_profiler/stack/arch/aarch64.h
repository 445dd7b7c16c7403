// arch.h for AArch64. Include that one.
//
// Source: DWARF for the Arm 64-bit Architecture, table "DWARF register names".
#ifndef BENCH_PROFILER_STACK_ARCH_AARCH64_H_
#define BENCH_PROFILER_STACK_ARCH_AARCH64_H_

#include <ucontext.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {

inline constexpr size_t kFramePointer = 29;
inline constexpr size_t kLinkRegister = 30;
inline constexpr size_t kStackPointer = 31;
inline constexpr size_t kReturnAddress = 32;  // pc
inline constexpr size_t kNumRegisters = 33;

using RegisterMask = uint64_t;
using Registers = std::array<uintptr_t, kNumRegisters>;

inline Registers RegistersOf(const ucontext_t& context) {
  Registers registers;
  for (size_t i = 0; i < kStackPointer; ++i) {
    registers[i] = context.uc_mcontext.regs[i];
  }
  registers[kStackPointer] = context.uc_mcontext.sp;
  registers[kReturnAddress] = context.uc_mcontext.pc;
  return registers;
}

inline uintptr_t StackPointer(const ucontext_t& context) {
  return context.uc_mcontext.sp;
}

inline uintptr_t FramePointer(const ucontext_t& context) {
  return context.uc_mcontext.regs[kFramePointer];
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

inline void* ThreadPointer() {
  void* pointer;
  asm("mrs %0, tpidr_el0" : "=r"(pointer));
  return pointer;
}

// Where functions sign their return addresses, the signature is in bits that no
// address has. XPACLRI, which is a hint and does nothing on older processors,
// takes them out of x30.
inline uintptr_t CodeAddress(uintptr_t return_address) {
  register uintptr_t x30 asm("x30") = return_address;
  asm("hint #7" : "+r"(x30));
  return x30;
}

// Source: Arm Architecture Reference Manual, BL and BLR; BLRAA and its like
// differ from BLR in bits 24, 11 and 10 and in the last five.
inline bool FollowsCall(uintptr_t return_address, StackMemory* memory) {
  constexpr uintptr_t kSize = 4;
  uintptr_t word = 0;
  if (return_address % kSize != 0 ||
      !memory->Read(return_address - sizeof(word), &word)) {
    return false;
  }
  const uint64_t call = word >> 32;
  return (call & 0xfc000000) == 0x94000000 || (call & 0xfefff000) == 0xd63f0000;
}

inline uintptr_t DirectCallTarget(uintptr_t return_address,
                                  StackMemory* memory) {
  constexpr uintptr_t kSize = 4;
  uintptr_t word = 0;
  if (!memory->Read(return_address - sizeof(word), &word)) return 0;
  const auto call = static_cast<uint32_t>(word >> 32);
  if ((call & 0xfc000000) != 0x94000000) return 0;
  // 26 bits, of which the first is the sign, count instructions.
  const int32_t distance = static_cast<int32_t>(call << 6) >> 4;
  return return_address - kSize + static_cast<uintptr_t>(intptr_t{distance});
}

inline bool IsLinkageStub(uintptr_t function, StackMemory* memory) {
  constexpr uint64_t kBti = 0xd503245f;
  uintptr_t word = 0;
  if (!memory->Read(function, &word)) return false;
  if ((word & 0xffffffff) == kBti) word >>= 32;
  return (word & 0x9f00001f) == 0x90000010;  // adrp x16
}

inline bool ReturnFromLeaf(StackMemory*, Registers* registers) {
  (*registers)[kReturnAddress] = CodeAddress((*registers)[kLinkRegister]);
  return true;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_ARCH_AARCH64_H_
