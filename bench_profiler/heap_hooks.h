// Including this links the allocator's hooks, which heap profiles need, into
// the program or library.
//
//   #include "bench_profiler/heap_hooks.h"   // pprof.h does it
//   // and on the link line: -lbench_profiler -lbench_profiler_allocator_hooks
//
// The hooks register themselves before the program's own initializers run.
// Under a sanitizer that replaces malloc nothing is linked, since there the
// profiler uses the sanitizer's own hooks. Only the compiler knows whether it
// is so, which is why this is decided here and not on the link line.
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

// In the archive: a reference to it links the hooks.
extern __attribute__((visibility("hidden")))
const char bench_profiler_registered_hooks;

// There is one in each program or library that includes this.
extern __attribute__((weak, visibility("hidden")))
const char* const bench_profiler_wants_hooks;
__attribute__((used)) const char* const bench_profiler_wants_hooks =
    &bench_profiler_registered_hooks;

}  // extern "C"
#endif

#endif  // BENCH_PROFILER_HEAP_HOOKS_H_
