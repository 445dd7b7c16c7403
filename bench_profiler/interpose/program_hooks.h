// The allocator hooks that the program was linked with, as far as its calls
// arrive at them.
//
//   if (ProgramHooks() == nullptr) return WhyNoProgramHooks("...");
//   RedirectProgram(functions);   // its calls go to these from now on
//
// One caller at a time.
#ifndef BENCH_PROFILER_INTERPOSE_PROGRAM_HOOKS_H_
#define BENCH_PROFILER_INTERPOSE_PROGRAM_HOOKS_H_

#include "bench_profiler/error.h"
#include "bench_profiler/interpose/allocator_hooks.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {

// The hooks that the program's calls go through; null if there are none.
const AllocatorHooks* ProgramHooks();

// Why there are none; `not_linked` if nothing was linked that could be one.
Error WhyNoProgramHooks(const char* not_linked);

// Sends the program's calls to `functions`. Async-signal-safe.
void RedirectProgram(const Allocator& functions);

// The allocator itself, which these hooks stand before.
const Allocator& ProgramAllocator();

}  // namespace bench_profiler

// Called by the hooks that the program or one of its libraries has linked
// (registered_hooks.cc), before any of the above. If there are several, those
// count that the program's calls arrive at.
extern "C" BENCH_PROFILER_EXPORT void bench_profiler_register_hooks(
    bench_profiler::AllocatorHooks* hooks);

#endif  // BENCH_PROFILER_INTERPOSE_PROGRAM_HOOKS_H_
