// Reads words of memory that may not be mapped.
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

// The words that a walk has read.
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

  // Returns whether the same words would be read again. Call it in the same
  // thread only, while its stack is at least as deep as it was then.
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
  bool complete = true;             // all reads are here and were in the stack
  bool uses_frame_pointer = false;  // the value at the start of the walk
  Read reads[kMaxReads];
};

// A copy of another thread's stack, as far as it was copied.
struct StackCopy {
  StackBounds bounds;   // where the thread has it
  uintptr_t bytes = 0;  // where the copy is
};

// For one walk in one thread. Async-signal-safe: there is no state outside of
// the object, and no system call but that of IsReadable.
class StackMemory {
 public:
  // If `log` is not null, everything that is read is added to it.
  explicit StackMemory(const StackBounds& bounds, WalkLog* log = nullptr)
      : stack_(bounds), log_(log) {}

  // For a stack of another thread, which may be unmapped meanwhile. What is not
  // in the copy is read by a system call each time, which cannot fault.
  explicit StackMemory(const StackCopy& copy)
      : stack_(copy.bounds),
        shift_(copy.bytes - copy.bounds.low),
        is_copy_(true) {}

  // Copies the eight bytes at `address`, which need not be aligned. Returns
  // false if they cannot be read. Inside of the bounds this costs a comparison,
  // elsewhere a system call whenever it comes to another page.
  bool Read(uintptr_t address, uintptr_t* word) {
    const uintptr_t last = address + sizeof(*word) - 1;
    if (last < address) return false;
    const bool inside = Contains(stack_, address, last);
    if (!inside && is_copy_) return ReadOfOther(address, word);
    if (!inside && !(Probe(address) && Probe(last))) return false;
    *word = Load(inside ? address + shift_ : address);
    if (log_ != nullptr) {
      log_->Add(address, *word);
      if (!inside) log_->complete = false;
    }
    return true;
  }

  // Sanitizers are off here, since the words belong to other functions' frames:
  // AddressSanitizer has poisoned the gaps between their variables, and
  // ThreadSanitizer would report a race.
  __attribute__((no_sanitize("address", "thread",
                             "undefined"))) static uintptr_t
  Load(uintptr_t address) {
    struct __attribute__((packed, may_alias)) Word {
      uintptr_t value;
    };
    return reinterpret_cast<const volatile Word*>(address)->value;
  }

  // Tells the log that the walk depends on the frame pointer.
  void UseFramePointer() {
    if (log_ != nullptr) log_->uses_frame_pointer = true;
  }

 private:
  static bool Contains(const StackBounds& range, uintptr_t first,
                       uintptr_t last) {
    return first >= range.low && last < range.high;
  }

  // Returns whether the page of `address` can be read.
  bool Probe(uintptr_t address);

  static bool ReadOfOther(uintptr_t address, uintptr_t* word);

  const StackBounds stack_;
  WalkLog* const log_ = nullptr;
  const uintptr_t shift_ = 0;  // from the stack to the copy of it
  const bool is_copy_ = false;
  // The pages that were found readable. A walk goes up the stack, so they form
  // one range that grows with it.
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
