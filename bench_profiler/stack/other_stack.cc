#include "bench_profiler/stack/other_stack.h"

#include <initializer_list>

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/cfi_walk.h"

namespace bench_profiler {
namespace {

constexpr uintptr_t kWord = sizeof(uintptr_t);

// How far up a frame can be whose frame pointer is searched for, and how many
// places are tried: a millisecond at most.
constexpr uintptr_t kMaxFrameSize = uintptr_t{64} << 10;
constexpr int kMaxTries = 200;

// The search for the frame pointer of the frame where `stopped` has stopped.
class FramePointerSearch {
 public:
  FramePointerSearch(const Walk& stopped, uintptr_t* pcs, size_t max_pcs)
      : stopped_(stopped), pcs_(pcs), max_pcs_(max_pcs) {}

  // Appends the frames above it to pcs. Returns nothing if it is not found.
  StackTrace Run() {
    // First where the caller has a frame pointer, too, since most code is built
    // one way.
    for (const bool is_chained : {true, false}) {
      const uintptr_t start = stopped_.stack_pointer();
      for (uintptr_t at = start + kWord; at - start < kMaxFrameSize;
           at += kWord) {
        if (tries_ == kMaxTries) return {};
        const StackTrace trace = Try(at, is_chained);
        if (trace.depth > 0) return trace;
      }
    }
    return {};
  }

 private:
  // Takes the word at `at` for the return address of the frame.
  StackTrace Try(uintptr_t at, bool is_chained) {
    StackMemory* memory = stopped_.memory();
    uintptr_t return_address = 0;
    uintptr_t saved = 0;
    if (!memory->Read(at, &return_address) ||
        !memory->Read(at - kWord, &saved)) {
      tries_ = kMaxTries;  // the end of the stack
      return {};
    }
    const bool points_up =
        saved > at && saved - at < kMaxFrameSize && saved % kWord == 0;
    return_address = CodeAddress(return_address);
    if (points_up != is_chained || !IsKnownCode(return_address) ||
        !FollowsCall(return_address, memory)) {
      return {};
    }
    ++tries_;
    Walk walk = stopped_;
    walk.SetFramePointer(at - kWord);
    if (!walk.Next()) return {};
    const StackTrace trace = walk.Follow(pcs_, max_pcs_);
    return walk.is_at_root() || trace.truncated ? trace : StackTrace{};
  }

  Walk stopped_;
  uintptr_t* const pcs_;
  const size_t max_pcs_;
  int tries_ = 0;
};

StackTrace FollowAll(Walk* walk, uintptr_t* pcs, size_t max_pcs) {
  StackTrace trace = walk->Follow(pcs, max_pcs);
  if (walk->needs_frame_pointer()) {
    const StackTrace rest =
        FramePointerSearch(*walk, pcs + trace.depth, max_pcs - trace.depth)
            .Run();
    trace.depth += rest.depth;
    trace.truncated = rest.truncated;
  }
  return trace;
}

}  // namespace

StackTrace WalkOtherStack(uintptr_t pc, const StackCopy& stack, uintptr_t* pcs,
                          size_t max_pcs) {
  Registers registers = {};
  registers[kStackPointer] = stack.bounds.low;
  registers[kReturnAddress] = pc;
  StackTrace trace;
  for (const bool use_cache : {true, false}) {
    Walk walk(registers, StackMemory(stack), use_cache);
    walk.StartWithoutFramePointer();
    trace = FollowAll(&walk, pcs, max_pcs);
    if (!walk.is_lost()) break;
  }
  return trace;
}

}  // namespace bench_profiler
