// Marks the functions of the glue that may be on the stack while the user's
// code runs, so that their frames can be left out of profiles.
#ifndef BENCH_PROFILER_INTEGRATIONS_COMMON_HOOK_SECTION_H_
#define BENCH_PROFILER_INTEGRATIONS_COMMON_HOOK_SECTION_H_

#include "bench_profiler/session.h"

// In a section of their own, whose bounds the linker knows by name. Noinline:
// else they would end up in another section.
#define BENCH_PROFILER_HOOK \
  __attribute__((section("bench_profiler_hooks"), noinline, used))

extern "C" {
__attribute__((
    weak,
    visibility("hidden"))) extern const char __start_bench_profiler_hooks[];
__attribute__((
    weak,
    visibility("hidden"))) extern const char __stop_bench_profiler_hooks[];
}

namespace bench_profiler {

inline void HideHooks() {
  HideCode(__start_bench_profiler_hooks, __stop_bench_profiler_hooks);
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_COMMON_HOOK_SECTION_H_
