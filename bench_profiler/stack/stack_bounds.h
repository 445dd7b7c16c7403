// Which part of a thread's stack can be read without asking each time.
//
//   StackBounds bounds = FindStackBounds(stack_pointer);
//   ...                                     // deeper in, on the same thread
//   ExtendBounds(stack_pointer, &bounds);
#ifndef BENCH_PROFILER_STACK_STACK_BOUNDS_H_
#define BENCH_PROFILER_STACK_STACK_BOUNDS_H_

#include <cstdint>

#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

// The calling thread's stack from the page of `stack_pointer` to its end; both
// 0 if that cannot be told cheaply (a fiber's stack, or much of it is in use).
// Unlike pthread_getattr_np(3), which allocates, it takes no lock and calls no
// malloc. Async-signal-safe.
StackBounds FindStackBounds(uintptr_t stack_pointer);

// Grows the known part of the stack down to `stack_pointer`. Deep recursion
// grows it page by page, each page asked for once; a stack pointer somewhere
// else (a fiber, an alternate stack) leaves it as it is. Async-signal-safe.
void ExtendBounds(uintptr_t stack_pointer, StackBounds* bounds);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_STACK_BOUNDS_H_
