// What a call does to the stack and registers.
//
//   if (ReturnFromLeaf(&memory, &registers) &&
//       FollowsCall(registers[kReturnAddress], &memory)) ...
//
// Both functions are async-signal-safe.
#ifndef BENCH_PROFILER_STACK_CALLS_H_
#define BENCH_PROFILER_STACK_CALLS_H_

#include <cstdint>

#include "bench_profiler/stack/arch/registers.h"
#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {

// True if a call instruction ends at `return_address`: then something may have
// been called from there.
bool FollowsCall(uintptr_t return_address, StackMemory* memory);

// Turns `registers` into those of the caller of a function that has saved
// nothing so far. False, `registers` unchanged, if the stack cannot be read.
bool ReturnFromLeaf(StackMemory* memory, Registers* registers);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_CALLS_H_
