// arch.h for x86-64. Include that one.
//
// Source: System V ABI, AMD64 supplement, figure 3.36 (DWARF register numbers).
#ifndef BENCH_PROFILER_STACK_ARCH_X86_64_H_
#define BENCH_PROFILER_STACK_ARCH_X86_64_H_

#include <ucontext.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {

inline constexpr size_t kFramePointer = 6;    // rbp
inline constexpr size_t kStackPointer = 7;    // rsp
inline constexpr size_t kReturnAddress = 16;  // a column, not a register
inline constexpr size_t kNumRegisters = 17;

using RegisterMask = uint32_t;
using Registers = std::array<uintptr_t, kNumRegisters>;

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

// Source: ELF Handling For Thread-Local Storage, 3.4.6: it points to itself.
inline void* ThreadPointer() {
  void* pointer;
  asm("movq %%fs:0, %0" : "=r"(pointer));
  return pointer;
}

inline uintptr_t CodeAddress(uintptr_t return_address) {
  return return_address;
}

// The length of `call r/m64` (FF /2) by its second and third byte, 0 if it is
// another instruction. A REX prefix comes before and makes no difference here.
// Source: Intel SDM volume 2, table 2-2, CALL.
inline unsigned IndirectCallLength(uint8_t modrm, uint8_t sib) {
  constexpr unsigned kOpcodeAndModrm = 2;
  if ((modrm >> 3 & 7) != 2) return 0;
  const unsigned mode = modrm >> 6;
  const unsigned base = modrm & 7;
  if (mode == 3) return kOpcodeAndModrm;
  const unsigned sib_size = base == 4 ? 1 : 0;
  unsigned displacement = mode == 1 ? 1 : mode == 2 ? 4 : 0;
  const bool no_base = base == 5 || (base == 4 && (sib & 7) == 5);
  if (mode == 0 && no_base) displacement = 4;
  return kOpcodeAndModrm + sib_size + displacement;
}

inline bool FollowsCall(uintptr_t return_address, StackMemory* memory) {
  uintptr_t word = 0;
  if (!memory->Read(return_address - sizeof(word), &word)) return false;
  // The byte that many before the return address.
  const auto before = [word](unsigned distance) {
    return static_cast<uint8_t>(word >> 8 * (sizeof(word) - distance));
  };
  constexpr uint8_t kCallRelative = 0xe8;
  constexpr uint8_t kCallIndirect = 0xff;
  if (before(5) == kCallRelative) return true;
  for (unsigned length = 2; length <= 7; ++length) {
    if (before(length) != kCallIndirect) continue;
    const uint8_t sib = length > 2 ? before(length - 2) : 0;
    if (IndirectCallLength(before(length - 1), sib) == length) return true;
  }
  return false;
}

inline uintptr_t DirectCallTarget(uintptr_t return_address,
                                  StackMemory* memory) {
  // E8 and four bytes, the distance from what comes after them.
  constexpr uintptr_t kWordFromOpcode = 3;
  constexpr uint64_t kCallRelative = 0xe8;
  uintptr_t word = 0;
  if (!memory->Read(return_address - sizeof(word), &word)) return 0;
  word >>= 8 * kWordFromOpcode;
  if ((word & 0xff) != kCallRelative) return 0;
  const auto distance = static_cast<int32_t>(word >> 8);
  return return_address + static_cast<uintptr_t>(intptr_t{distance});
}

inline bool IsLinkageStub(uintptr_t function, StackMemory* memory) {
  constexpr uint64_t kEndbr64 = 0xfa1e0ff3;
  constexpr uint64_t kJumpThroughTable = 0x25ff;
  constexpr uint64_t kWithBndPrefix = 0x25fff2;
  uintptr_t word = 0;
  if (!memory->Read(function, &word)) return false;
  if ((word & 0xffffffff) == kEndbr64) word >>= 32;
  return (word & 0xffff) == kJumpThroughTable ||
         (word & 0xffffff) == kWithBndPrefix;
}

inline bool ReturnFromLeaf(StackMemory* memory, Registers* registers) {
  const uintptr_t stack_pointer = (*registers)[kStackPointer];
  uintptr_t return_address = 0;
  if (!memory->Read(stack_pointer, &return_address)) return false;
  (*registers)[kStackPointer] = stack_pointer + sizeof(uintptr_t);
  (*registers)[kReturnAddress] = return_address;
  return true;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_ARCH_X86_64_H_
