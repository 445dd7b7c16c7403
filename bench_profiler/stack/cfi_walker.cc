// Walks the stack with the help of .eh_frame, which every object has unless it
// was built without it on purpose.
//
// Why a signal handler may run this, whatever it interrupted:
// - Objects are found without a lock (loaded_object.h): dlopen, dlclose and
//   throw may be under way in this thread or another.
// - Tables are read inside of the object's mapping only. A correct program does
//   not unmap an object while one of its functions is on a stack.
// - The stack is read through StackMemory, which asks the kernel first whether
//   a page can be read.
// - All state is in local variables of fixed size, except for the cache, which
//   needs no lock (frame_cache.h). All loops end: the caller's array limits the
//   frames, and constants limit instructions and operations.
// - The dynamic linker is never called to resolve a function, since the library
//   is linked with -z now.
#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/cfi_frame.h"
#include "bench_profiler/stack/eh_frame.h"
#include "bench_profiler/stack/frame_cache.h"
#include "bench_profiler/stack/frame_guess.h"
#include "bench_profiler/stack/loaded_object.h"
#include "bench_profiler/stack/stack_memory.h"
#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {
namespace {

bool IsKnownCode(uintptr_t address) {
  UnwindTables tables;
  return FindUnwindTables(address, &tables);
}

// One walk. Find looks up the current frame, Next goes to its caller.
//
// The cache knows how to leave a simple frame by following the stack pointer
// and the frame pointer only. If a frame that is not simple comes after such
// ones, the other registers are not known: the walk is lost and has to be
// repeated without the cache.
class Walk {
 public:
  Walk(const ucontext_t& context, const StackBounds& bounds, bool use_cache,
       WalkLog* log)
      : use_cache_(use_cache),
        memory_(bounds, log),
        registers_(RegistersOf(context)) {}

  // Returns false if the address that the last frame seems to return to is not
  // code.
  bool Find() {
    lookup_pc_ = registers_[kReturnAddress] - (was_interrupted_ ? 0 : 1);
    is_simple_ = use_cache_ && FindFrameRule(lookup_pc_, &rule_);
    described_ = is_simple_ ||
                 (FindUnwindTables(lookup_pc_, &tables_) &&
                  FindFrameDescription(tables_, lookup_pc_, &description_));
    return described_ || was_interrupted_ ||
           FollowsCall(registers_[kReturnAddress], &memory_);
  }

  // A signal trampoline was not called by anything: the handler returns to its
  // first instruction.
  uintptr_t Address() const {
    return IsTrampoline() ? registers_[kReturnAddress] : lookup_pc_;
  }

  bool Next() {
    const uintptr_t stack_pointer = registers_[kStackPointer];
    if (!GoToCaller() || registers_[kReturnAddress] == 0) return false;
    // The stack grows down with each call. Only a signal handler may run on
    // another stack, and the leaf may be just about to change to one.
    if (!is_leaf_ && !IsTrampoline() &&
        registers_[kStackPointer] <= stack_pointer) {
      return false;
    }
    was_interrupted_ = IsTrampoline();
    is_leaf_ = false;
    return true;
  }

  bool is_lost() const { return is_lost_; }

 private:
  bool IsTrampoline() const {
    return described_ && !is_simple_ && description_.common.is_signal_frame;
  }

  bool GoToCaller() {
    if (is_simple_) return FollowRule();
    CfiRow row;
    if (described_) {
      if (!RunCfiProgram(description_, lookup_pc_, &initial_row_, &row)) {
        return false;
      }
      if (MakeFrameRule(description_, row, &rule_)) {
        AddFrameRule(lookup_pc_, rule_);
        if (use_cache_) return FollowRule();
      } else if (is_partial_) {
        is_lost_ = true;
        return false;
      }
    }
    if (!LoadFramePointer()) return false;
    return described_
               ? UnwindFrame(tables_, description_, row, &memory_, &registers_)
               : GuessCaller(is_leaf_, &memory_, IsKnownCode, &registers_);
  }

  bool FollowRule() {
    if (rule_.is_outermost) return false;
    if (rule_.by_frame_pointer && !LoadFramePointer()) return false;
    const size_t base = rule_.by_frame_pointer ? kFramePointer : kStackPointer;
    const uintptr_t cfa =
        registers_[base] + static_cast<uintptr_t>(intptr_t{rule_.cfa_offset});
    if (!memory_.Read(cfa - sizeof(uintptr_t), &registers_[kReturnAddress])) {
      return false;
    }
    if (rule_.frame_pointer_offset != 0) {
      frame_pointer_at_ =
          cfa + static_cast<uintptr_t>(intptr_t{rule_.frame_pointer_offset});
    }
    registers_[kStackPointer] = cfa;
    is_partial_ = true;
    return true;
  }

  // Most frames save the frame pointer without using it, so its saved value is
  // read only when a caller needs it.
  bool LoadFramePointer() {
    if (frame_pointer_at_ == 0) {
      memory_.UseFramePointer();
      return true;
    }
    const uintptr_t address = frame_pointer_at_;
    frame_pointer_at_ = 0;
    return memory_.Read(address, &registers_[kFramePointer]);
  }

  const bool use_cache_;
  StackMemory memory_;
  Registers registers_;
  FrameRule rule_;
  UnwindTables tables_;
  FrameDescription description_;
  CfiInitialRow initial_row_;
  uintptr_t lookup_pc_ = 0;
  uintptr_t frame_pointer_at_ = 0;  // where it is saved; 0: loaded
  bool described_ = false;
  bool is_simple_ = false;   // rule_ holds
  bool is_partial_ = false;  // only the stack and frame pointers are right
  bool is_lost_ = false;
  bool was_interrupted_ = true;
  bool is_leaf_ = true;
};

StackTrace Follow(Walk* walk, uintptr_t* pcs, size_t max_pcs) {
  StackTrace trace;
  do {
    if (!walk->Find()) break;
    if (trace.depth == max_pcs) {
      trace.truncated = true;
      break;
    }
    pcs[trace.depth++] = walk->Address();
  } while (walk->Next());
  return trace;
}

}  // namespace

StackTrace WalkStackByCfi(const ucontext_t& context, const StackBounds& bounds,
                          uintptr_t* pcs, size_t max_pcs, WalkLog* log) {
  {  // A scope: both walks, of 500 bytes each, use the same part of the stack.
    Walk fast(context, bounds, /*use_cache=*/true, log);
    const StackTrace trace = Follow(&fast, pcs, max_pcs);
    if (!fast.is_lost()) return trace;
  }
  // The walk depended on other registers, too.
  if (log != nullptr) log->complete = false;
  Walk exact(context, bounds, /*use_cache=*/false, nullptr);
  return Follow(&exact, pcs, max_pcs);
}

}  // namespace bench_profiler
