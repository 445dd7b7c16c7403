// Reads words of memory that may not be there.
//
//   StackMemory memory(bounds);
//   uintptr_t word;
//   if (memory.Read(address, &word)) ...
#ifndef BENCH_PROFILER_STACK_STACK_MEMORY_H_
#define BENCH_PROFILER_STACK_STACK_MEMORY_H_

#include <cstdint>

#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

// For one walk in one thread. Async-signal-safe: no state outside of the
// object, no system call but IsReadable's.
class StackMemory {
 public:
  explicit StackMemory(const StackBounds& bounds) : stack_(bounds) {}

  // Copies the eight bytes at `address`, aligned or not. False if they cannot
  // be read. Inside of the bounds it costs a comparison, elsewhere one system
  // call for each page in turn.
  bool Read(uintptr_t address, uintptr_t* word) {
    const uintptr_t last = address + sizeof(*word) - 1;
    if (last < address) return false;
    if (!Contains(stack_, address, last) && !(Probe(address) && Probe(last))) {
      return false;
    }
    *word = Load(address);
    return true;
  }

 private:
  static bool Contains(const StackBounds& range, uintptr_t first,
                       uintptr_t last) {
    return first >= range.low && last < range.high;
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

  // True if the page of `address` can be read.
  bool Probe(uintptr_t address);

  const StackBounds stack_;
  // Pages that were asked for: a walk goes up one stack, so this grows with it.
  StackBounds probed_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_STACK_MEMORY_H_
