// Finds the callers of code that has no unwind tables, such as assembly or the
// output of a just-in-time compiler, by conventions that most such code keeps.
//
//   if (GuessCaller(is_leaf, &memory, IsCode, &registers)) ...
#ifndef BENCH_PROFILER_STACK_FRAME_GUESS_H_
#define BENCH_PROFILER_STACK_FRAME_GUESS_H_

#include <cstdint>

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/stack_memory.h"

namespace bench_profiler {

// Turns `registers` into those of the caller. A leaf may be a function that has
// saved nothing yet: then ReturnFromLeaf (arch.h) gives the return address,
// which is believed if it is in the code of a loaded object (`is_known_code`),
// right behind a call. Otherwise the frame pointer is believed if it leads up
// the stack to an address right behind a call. If neither holds, returns false
// and leaves `registers` unchanged. Async-signal-safe.
bool GuessCaller(bool is_leaf, StackMemory* memory,
                 bool (*is_known_code)(uintptr_t), Registers* registers);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_FRAME_GUESS_H_
