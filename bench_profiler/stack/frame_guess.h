// Callers of code without unwind tables (a just-in-time compiler's, assembly),
// by the conventions that most of it keeps.
//
//   if (GuessCaller(is_leaf, &memory, IsCode, &registers)) ...
#ifndef BENCH_PROFILER_STACK_FRAME_GUESS_H_
#define BENCH_PROFILER_STACK_FRAME_GUESS_H_

#include <cstdint>

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {

// Turns `registers` into those of the caller. A leaf may be a function that has
// saved nothing: it returns to what ReturnFromLeaf (arch.h) says if that
// follows a call in code of a loaded object (`is_known_code`). Else the frame
// pointer is followed if it leads up the stack to an address that follows a
// call. False, `registers` unchanged, if neither holds. Async-signal-safe.
bool GuessCaller(bool is_leaf, StackMemory* memory,
                 bool (*is_known_code)(uintptr_t), Registers* registers);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_FRAME_GUESS_H_
