// Reads words of memory that may not be there.
//
//   StackMemory memory(bounds);
//   uintptr_t word;
//   if (memory.Read(address, &word)) ...
#ifndef BENCH_PROFILER_STACK_STACK_MEMORY_H_
#define BENCH_PROFILER_STACK_STACK_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

// What a walk read of the stack.
struct WalkLog {
  static constexpr size_t kMaxReads = 96;

  // For the walker.
  void Add(uintptr_t address, uintptr_t word) {
    if (size == kMaxReads) {
      complete = false;
    } else {
      reads[size++] = {address, word};
    }
  }

  void Clear() {
    size = 0;
    complete = true;
    uses_frame_pointer = false;
  }

  // True if the same words would be read again. Only for the same thread, and
  // while the stack is at least as deep as it was.
  bool Holds() const;

  void CopyFrom(const WalkLog& other) {
    std::memcpy(reads, other.reads, other.size * sizeof(Read));
    size = other.size;
    complete = other.complete;
    uses_frame_pointer = other.uses_frame_pointer;
  }

  struct Read {
    uintptr_t address;
    uintptr_t word;
  };
  size_t size = 0;
  bool complete = true;  // there was room, and all was in the stack's bounds
  bool uses_frame_pointer = false;  // the one that the walk may start with
  Read reads[kMaxReads];
};

// For one walk in one thread. Async-signal-safe: no state outside of the
// object, no system call but IsReadable's.
class StackMemory {
 public:
  // `log`, if not null, is told what is read.
  explicit StackMemory(const StackBounds& bounds, WalkLog* log = nullptr)
      : stack_(bounds), log_(log) {}

  // Copies the eight bytes at `address`, aligned or not. False if they cannot
  // be read. Inside of the bounds it costs a comparison, elsewhere one system
  // call for each page in turn.
  bool Read(uintptr_t address, uintptr_t* word) {
    const uintptr_t last = address + sizeof(*word) - 1;
    if (last < address) return false;
    const bool inside = Contains(stack_, address, last);
    if (!inside && !(Probe(address) && Probe(last))) return false;
    *word = Load(address);
    if (log_ != nullptr) {
      log_->Add(address, *word);
      if (!inside) log_->complete = false;
    }
    return true;
  }

  // What is read belongs to other functions' frames: to AddressSanitizer it is
  // poisoned between their variables, to ThreadSanitizer it is a race.
  __attribute__((no_sanitize("address", "thread",
                             "undefined"))) static uintptr_t
  Load(uintptr_t address) {
    struct __attribute__((packed, may_alias)) Word {
      uintptr_t value;
    };
    return reinterpret_cast<const volatile Word*>(address)->value;
  }

  // Tells the log that the frame pointer matters.
  void UseFramePointer() {
    if (log_ != nullptr) log_->uses_frame_pointer = true;
  }

 private:
  static bool Contains(const StackBounds& range, uintptr_t first,
                       uintptr_t last) {
    return first >= range.low && last < range.high;
  }

  // True if the page of `address` can be read.
  bool Probe(uintptr_t address);

  const StackBounds stack_;
  WalkLog* const log_;
  // Pages that were asked for: a walk goes up one stack, so this grows with it.
  StackBounds probed_;
};

inline bool WalkLog::Holds() const {
  for (size_t i = 0; i < size; ++i) {
    if (StackMemory::Load(reads[i].address) != reads[i].word) return false;
  }
  return true;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_STACK_MEMORY_H_
