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
  bool Read(uintptr_t address, uintptr_t* word);

 private:
  bool CanRead(uintptr_t first, uintptr_t last);
  bool ProbePage(uintptr_t address);

  const StackBounds stack_;
  // Pages that were asked for: a walk goes up one stack, so this grows with it.
  StackBounds probed_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_STACK_MEMORY_H_
