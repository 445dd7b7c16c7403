// Including this links the allocator's hooks into the program or library, as
// heap profiles need them.
//
//   #include "bench_profiler/heap_hooks.h"   // pprof.h does it
//   // and on the link line: -lbench_profiler -lbench_profiler_allocator_hooks
//
// They tell the profiler of themselves before the program's own initializers
// run. Under a sanitizer that replaces malloc nothing is linked: there the
// profiler listens to the sanitizer's own hooks. Only the compiler knows of it,
// so this is decided here and not on the link line.
#ifndef BENCH_PROFILER_HEAP_HOOKS_H_
#define BENCH_PROFILER_HEAP_HOOKS_H_

// The runtime of -fsanitize=undefined leaves malloc alone.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BENCH_PROFILER_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer) || __has_feature(leak_sanitizer)
#define BENCH_PROFILER_SANITIZER 1
#endif
#endif

#ifndef BENCH_PROFILER_SANITIZER
extern "C" {

// Of the archive: naming it links it.
extern __attribute__((visibility("hidden")))
const char bench_profiler_registered_hooks;

// Once in each program or library that this is linked into.
extern __attribute__((weak, visibility("hidden")))
const char* const bench_profiler_wants_hooks;
__attribute__((used)) const char* const bench_profiler_wants_hooks =
    &bench_profiler_registered_hooks;

}  // extern "C"
#endif

#endif  // BENCH_PROFILER_HEAP_HOOKS_H_
