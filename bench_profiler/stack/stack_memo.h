// Remembers the stacks that a thread was walked at, for callers that ask again
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
// A walk is a function of the registers that it starts with and of the words
// that it reads. If all of these are what they were, so is the stack; and to
// compare some tens of words takes less time than to find out anew what they
// mean. Not thread-safe, no locks, no malloc.
#ifndef BENCH_PROFILER_STACK_STACK_MEMO_H_
#define BENCH_PROFILER_STACK_STACK_MEMO_H_

#include <ucontext.h>

#include <cstddef>
#include <cstdint>

#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {

class StackMemo {
 public:
  // Null if the system has no memory left. Never given back.
  static StackMemo* New();

  // Forgets all: where another thread takes it over, whose stack may be where
  // the last one's was, but smaller.
  void Clear();

  // What was added for the same stack, or null. `caller` helps to tell stacks
  // apart: an address that is on the stack. `context` is from CaptureContext,
  // always at the same place of the code.
  void* Find(const ucontext_t& context, uintptr_t caller) const;

  // `log` is of the walk from `context`; one that is not complete is not kept.
  // May take the place of another.
  void Add(const ucontext_t& context, uintptr_t caller, const WalkLog& log,
           void* answer);

 private:
  static constexpr size_t kSets = 8;
  static constexpr size_t kWays = 8;

  struct Key {
    uintptr_t stack_pointer;
    uintptr_t caller;
    uint64_t generation;  // of the frame rules

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
    size_t next;  // to be replaced
  };

  static Key KeyOf(const ucontext_t& context, uintptr_t caller);
  static size_t SetOf(const Key& key);

  Set sets_[kSets];
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_STACK_MEMO_H_
