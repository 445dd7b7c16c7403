// stack/calls.h for AArch64.
#include "bench_profiler/stack/calls.h"

namespace bench_profiler {

// Source: Arm Architecture Reference Manual, BL and BLR; BLRAA and its like
// differ from BLR in bits 24, 11 and 10 and in the last five.
bool FollowsCall(uintptr_t return_address, StackMemory* memory) {
  constexpr uintptr_t kSize = 4;
  uintptr_t word = 0;
  if (return_address % kSize != 0 ||
      !memory->Read(return_address - sizeof(word), &word)) {
    return false;
  }
  const uint64_t call = word >> 32;
  return (call & 0xfc000000) == 0x94000000 || (call & 0xfefff000) == 0xd63f0000;
}

bool ReturnFromLeaf(StackMemory*, Registers* registers) {
  (*registers)[kReturnAddress] = CodeAddress((*registers)[kLinkRegister]);
  return true;
}

}  // namespace bench_profiler
