#include "bench_profiler/stack/frame_guess.h"

namespace bench_profiler {

bool GuessCaller(bool is_leaf, StackMemory* memory,
                 bool (*is_known_code)(uintptr_t), Registers* registers) {
  Registers caller = *registers;
  if (is_leaf && ReturnFromLeaf(memory, &caller) &&
      is_known_code(caller[kReturnAddress]) &&
      FollowsCall(caller[kReturnAddress], memory)) {
    *registers = caller;
    return true;
  }

  const uintptr_t stack_pointer = (*registers)[kStackPointer];
  const uintptr_t frame_pointer = (*registers)[kFramePointer];
  uintptr_t return_address = 0;
  constexpr uintptr_t kMaxFrameSize = 1 << 20;
  uintptr_t saved = 0;
  if (frame_pointer % sizeof(uintptr_t) != 0 || frame_pointer < stack_pointer ||
      frame_pointer - stack_pointer > kMaxFrameSize ||
      !memory->Read(frame_pointer, &saved) ||
      !memory->Read(frame_pointer + sizeof(uintptr_t), &return_address) ||
      !FollowsCall(CodeAddress(return_address), memory)) {
    return false;
  }
  (*registers)[kStackPointer] = frame_pointer + 2 * sizeof(uintptr_t);
  (*registers)[kFramePointer] = saved;
  (*registers)[kReturnAddress] = CodeAddress(return_address);
  return true;
}

}  // namespace bench_profiler
