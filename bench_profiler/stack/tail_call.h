// Tells which function a call has called, so that a function is not lost that
// ended with a jump instead of a call:
//
//   void Add() { std::lock_guard lock(mutex); ++sum; }   // ends with a jump to
//                                                        //
//                                                        pthread_mutex_unlock
//   uintptr_t called = CalledFunction(return_address);   // Add, in its caller
#ifndef BENCH_PROFILER_STACK_TAIL_CALL_H_
#define BENCH_PROFILER_STACK_TAIL_CALL_H_

#include <cstdint>

namespace bench_profiler {

// Returns the first instruction of the function that was called by the call
// that ends at `return_address`; 0 if that cannot be told, as of a call through
// a pointer, of another library's function, or of one without unwind tables.
// Async-signal-safe.
uintptr_t CalledFunction(uintptr_t return_address);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_TAIL_CALL_H_
