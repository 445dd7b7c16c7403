// Tells which part of a thread's stack can be read without asking each time.
//
//   StackBounds bounds = FindStackBounds(stack_pointer);
//   ...                                     // deeper in, on the same thread
//   ExtendBounds(stack_pointer, &bounds);
#ifndef BENCH_PROFILER_STACK_STACK_BOUNDS_H_
#define BENCH_PROFILER_STACK_STACK_BOUNDS_H_

#include <cstdint>

#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

// Returns the calling thread's stack from the page of `stack_pointer` up to its
// end. Both are 0 if that cannot be found out cheaply, because it is a fiber's
// stack or because much of it is in use. Unlike pthread_getattr_np(3) this
// takes no lock and calls no malloc. Async-signal-safe.
StackBounds FindStackBounds(uintptr_t stack_pointer);

// Grows the known part of the stack down to `stack_pointer`. Each page is
// checked only once. If the stack pointer is somewhere else, in a fiber's or an
// alternate stack, nothing changes. Async-signal-safe.
void ExtendBounds(uintptr_t stack_pointer, StackBounds* bounds);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_STACK_BOUNDS_H_
