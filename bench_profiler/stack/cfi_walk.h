// One walk along a stack, frame by frame. The walkers are made of it
// (stack_walker.h, other_stack.h).
//
//   Walk walk(registers, StackMemory(bounds), /*use_cache=*/true);
//   StackTrace trace = walk.Follow(pcs, kMaxFrames);
//   if (walk.is_lost()) ...   // again, without the cache
#ifndef BENCH_PROFILER_STACK_CFI_WALK_H_
#define BENCH_PROFILER_STACK_CFI_WALK_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/cfi_frame.h"
#include "bench_profiler/stack/eh_frame.h"
#include "bench_profiler/stack/frame_cache.h"
#include "bench_profiler/stack/frame_guess.h"
#include "bench_profiler/stack/loaded_object.h"
#include "bench_profiler/stack/stack_memory.h"
#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

inline bool IsKnownCode(uintptr_t address) {
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
  Walk(const Registers& registers, const StackMemory& memory, bool use_cache)
      : use_cache_(use_cache), memory_(memory), registers_(registers) {}

  // Says that the frame pointer is not known at the start, nor any register but
  // kStackPointer and kReturnAddress. See needs_frame_pointer().
  void StartWithoutFramePointer() { knows_frame_pointer_ = false; }

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
    if (!GoToCaller()) return false;
    if (registers_[kReturnAddress] == 0) {
      is_at_root_ = true;
      return false;
    }
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

  // Next has come to a frame that nothing calls, as the first of a thread.
  bool is_at_root() const { return is_at_root_; }

  // Next has failed, because the caller cannot be found without the frame
  // pointer. If that gets known, Next may be called once more.
  bool needs_frame_pointer() const { return needs_frame_pointer_; }
  void SetFramePointer(uintptr_t value) {
    registers_[kFramePointer] = value;
    knows_frame_pointer_ = true;
    needs_frame_pointer_ = false;
  }

  uintptr_t stack_pointer() const { return registers_[kStackPointer]; }
  StackMemory* memory() { return &memory_; }

  // Appends this frame and those that called it. Returns as WalkStackByCfi.
  StackTrace Follow(uintptr_t* pcs, size_t max_pcs) {
    StackTrace trace;
    do {
      if (!Find()) break;
      if (trace.depth == max_pcs) {
        trace.truncated = true;
        break;
      }
      pcs[trace.depth++] = Address();
    } while (Next());
    return trace;
  }

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
    if (!knows_frame_pointer_) return GoWithoutFramePointer(row);
    if (!LoadFramePointer()) return false;
    return described_
               ? UnwindFrame(tables_, description_, row, &memory_, &registers_)
               : GuessCaller(is_leaf_, &memory_, IsKnownCode, &registers_);
  }

  bool GoWithoutFramePointer(const CfiRow& row) {
    if (!described_) {
      needs_frame_pointer_ =
          !GuessCaller(is_leaf_, &memory_, IsKnownCode, &registers_);
      return !needs_frame_pointer_;
    }
    if (row.cfa_register == kFramePointer) {
      needs_frame_pointer_ = true;
      return false;
    }
    // A signal's frame has it, for one.
    knows_frame_pointer_ = (row.has_rule >> kFramePointer & 1) != 0;
    return UnwindFrame(tables_, description_, row, &memory_, &registers_);
  }

  bool FollowRule() {
    if (rule_.is_outermost) {
      is_at_root_ = true;
      return false;
    }
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
      needs_frame_pointer_ = !knows_frame_pointer_;
      return knows_frame_pointer_;
    }
    const uintptr_t address = frame_pointer_at_;
    frame_pointer_at_ = 0;
    knows_frame_pointer_ = true;
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
  bool is_at_root_ = false;
  bool knows_frame_pointer_ = true;
  bool needs_frame_pointer_ = false;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_CFI_WALK_H_
