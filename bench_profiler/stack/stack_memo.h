// Remembers the results of a thread's stack walks, for callers that ask again
// and again from the same few places.
//
//   StackMemo* memo = StackMemo::New();          // one for each thread
//   void* answer = memo->Find(context, caller);
//   if (answer == nullptr) {
//     WalkLog log;
//     ... WalkStackByCfi(context, bounds, pcs, kMaxFrames, &log);
//     memo->Add(context, caller, log, answer);
//   }
//
// The result of a walk depends only on the registers that it starts with and on
// the words that it reads. If all of these are as they were, so is the result,
// and comparing some tens of words is faster than another walk. Not
// thread-safe. Uses no locks and no malloc.
#ifndef BENCH_PROFILER_STACK_STACK_MEMO_H_
#define BENCH_PROFILER_STACK_STACK_MEMO_H_

#include <ucontext.h>

#include <cstddef>
#include <cstdint>

#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {

class StackMemo {
 public:
  // Returns null if the system has no memory left. The memory is never freed.
  static StackMemo* New();

  // Forgets everything. Needed when another thread takes the object over: its
  // stack may be at the same place as the former thread's, but smaller.
  void Clear();

  // Returns what was added for the same stack, or null. `caller` is a return
  // address on the stack, which helps to tell stacks apart. `context` must come
  // from CaptureContext, always called at the same place of the code.
  void* Find(const ucontext_t& context, uintptr_t caller) const;

  // `log` is what the walk from `context` has read. Nothing is added if it is
  // not complete. The new entry may overwrite another one.
  void Add(const ucontext_t& context, uintptr_t caller, const WalkLog& log,
           void* answer);

 private:
  static constexpr size_t kSets = 8;
  static constexpr size_t kWays = 8;

  struct Key {
    uintptr_t stack_pointer;
    uintptr_t caller;
    uint64_t generation;  // FrameRuleGeneration()

    bool operator==(const Key& other) const {
      return stack_pointer == other.stack_pointer && caller == other.caller &&
             generation == other.generation;
    }
  };
  struct Entry {
    Key key;
    uintptr_t frame_pointer;
    void* answer;
    WalkLog log;
  };
  struct Set {
    Entry entries[kWays];
    size_t next;  // which entry is overwritten next
  };

  static Key KeyOf(const ucontext_t& context, uintptr_t caller);
  static size_t SetOf(const Key& key);

  Set sets_[kSets];
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_STACK_MEMO_H_
