// stack/calls.h for x86-64.
#include "bench_profiler/stack/calls.h"

namespace bench_profiler {
namespace {

// The length of `call r/m64` (FF /2) by its second and third byte, 0 if it is
// another instruction. A REX prefix comes before and makes no difference here.
// Source: Intel SDM volume 2, table 2-2, CALL.
unsigned IndirectCallLength(uint8_t modrm, uint8_t sib) {
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

}  // namespace

bool FollowsCall(uintptr_t return_address, StackMemory* memory) {
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

bool ReturnFromLeaf(StackMemory* memory, Registers* registers) {
  const uintptr_t stack_pointer = (*registers)[kStackPointer];
  uintptr_t return_address = 0;
  if (!memory->Read(stack_pointer, &return_address)) return false;
  (*registers)[kStackPointer] = stack_pointer + sizeof(uintptr_t);
  (*registers)[kReturnAddress] = return_address;
  return true;
}

}  // namespace bench_profiler
