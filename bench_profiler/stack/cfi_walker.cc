// Walks the stack by .eh_frame, which every x86-64 object has unless it was
// built to go without.
//
// Why a signal handler may run this, whatever it interrupted:
// - Objects are found by _dl_find_object, which takes no lock: dlopen, dlclose
//   and throw may be under way in this thread or another.
// - Tables are read where the object is mapped and never beyond it. An object
//   with a function on a stack cannot be unmapped by a correct program.
// - The stack is read by StackMemory, which asks the kernel first.
// - All state is in local variables of fixed size, all loops are bounded:
// frames
//   by the caller's room, instructions and operations by constants.
// - No call goes to the dynamic linker: the library is linked with -z now.
#include "bench_profiler/stack/cfi_frame.h"
#include "bench_profiler/stack/eh_frame.h"
#include "bench_profiler/stack/frame_guess.h"
#include "bench_profiler/stack/loaded_object.h"
#include "bench_profiler/stack/registers_x86_64.h"
#include "bench_profiler/stack/stack_memory.h"
#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {
namespace {

bool IsKnownCode(uintptr_t address) {
  UnwindTables tables;
  return FindUnwindTables(address, &tables);
}

// One walk. Find looks at the current frame, Next goes to its caller.
class Walk {
 public:
  Walk(const ucontext_t& context, const StackBounds& bounds)
      : memory_(bounds), registers_(RegistersOf(context)) {}

  // False if the address that the last frame seems to return to is not code.
  bool Find() {
    lookup_pc_ = registers_[kReturnAddress] - (was_interrupted_ ? 0 : 1);
    described_ = FindUnwindTables(lookup_pc_, &tables_) &&
                 FindFrameDescription(tables_, lookup_pc_, &description_);
    return described_ || was_interrupted_ ||
           FollowsCall(registers_[kReturnAddress], &memory_);
  }

  // Nobody calls a signal trampoline: the handler returns to its start.
  uintptr_t Address() const {
    return IsTrampoline() ? registers_[kReturnAddress] : lookup_pc_;
  }

  bool Next() {
    const uintptr_t stack_pointer = registers_[kStackPointer];
    const bool found =
        described_ ? UnwindFrame(tables_, description_, lookup_pc_,
                                 &initial_row_, &memory_, &registers_)
                   : GuessCaller(is_leaf_, &memory_, IsKnownCode, &registers_);
    if (!found || registers_[kReturnAddress] == 0) return false;
    // Calls go down the stack. Only a signal may have changed to another one,
    // and the leaf may be about to.
    if (!is_leaf_ && !IsTrampoline() &&
        registers_[kStackPointer] <= stack_pointer) {
      return false;
    }
    was_interrupted_ = IsTrampoline();
    is_leaf_ = false;
    return true;
  }

 private:
  bool IsTrampoline() const {
    return described_ && description_.common.is_signal_frame;
  }

  StackMemory memory_;
  Registers registers_;
  UnwindTables tables_;
  FrameDescription description_;
  CfiInitialRow initial_row_;
  uintptr_t lookup_pc_ = 0;
  bool described_ = false;
  bool was_interrupted_ = true;
  bool is_leaf_ = true;
};

}  // namespace

bool CfiWalkerAvailable() { return CanFindObjects(); }

StackTrace WalkStackByCfi(const ucontext_t& context, const StackBounds& bounds,
                          uintptr_t* pcs, size_t max_pcs) {
  StackTrace trace;
  Walk walk(context, bounds);
  do {
    if (!walk.Find()) break;
    if (trace.depth == max_pcs) {
      trace.truncated = true;
      break;
    }
    pcs[trace.depth++] = walk.Address();
  } while (walk.Next());
  return trace;
}

}  // namespace bench_profiler
