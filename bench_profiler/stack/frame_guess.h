// Callers of code without unwind tables (a just-in-time compiler's, assembly),
// by the conventions that most of it keeps.
//
//   if (GuessCaller(is_leaf, &memory, IsCode, &registers)) ...
#ifndef BENCH_PROFILER_STACK_FRAME_GUESS_H_
#define BENCH_PROFILER_STACK_FRAME_GUESS_H_

#include <cstdint>

#include "bench_profiler/stack/registers_x86_64.h"
#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {

// True if a call instruction ends at `return_address`: then something may have
// been called from there. Async-signal-safe.
bool FollowsCall(uintptr_t return_address, StackMemory* memory);

// Turns `registers` into those of the caller. A leaf may be a function that has
// pushed nothing: the top of its stack is taken for a return address if it
// follows a call in code of a loaded object (`is_known_code`). Else the frame
// pointer is followed if it leads up the stack to an address that follows a
// call. False, `registers` unchanged, if neither holds. Async-signal-safe.
bool GuessCaller(bool is_leaf, StackMemory* memory,
                 bool (*is_known_code)(uintptr_t), Registers* registers);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_FRAME_GUESS_H_
