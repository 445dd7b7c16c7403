// Marks our own functions inside the user's program, so that profiles can leave
// them out: those that call the user's code, and those that work for the
// profiler.
//
//   BENCH_PROFILER_HOOK void RunHook(...) { ... }
//   // [__start_bench_profiler_hooks, __stop_bench_profiler_hooks) has its code
//   BENCH_PROFILER_WORK void Track(...) { ... }
//   // __start_bench_profiler_work and so on: what it calls is left out, too
#ifndef BENCH_PROFILER_HOOK_SECTION_H_
#define BENCH_PROFILER_HOOK_SECTION_H_

// They are in a section of their own, whose bounds the linker defines as
// symbols. They must not be inlined into functions of another section.
#define BENCH_PROFILER_HOOK \
  __attribute__((section("bench_profiler_hooks"), noinline, used))
#define BENCH_PROFILER_WORK \
  __attribute__((section("bench_profiler_work"), noinline, used))

// NOLINTBEGIN(readability-identifier-naming): the linker's names.
extern "C" {
extern const char __start_bench_profiler_hooks[]
    __attribute__((weak, visibility("hidden")));
extern const char __stop_bench_profiler_hooks[]
    __attribute__((weak, visibility("hidden")));
extern const char __start_bench_profiler_work[]
    __attribute__((weak, visibility("hidden")));
extern const char __stop_bench_profiler_work[]
    __attribute__((weak, visibility("hidden")));
}
// NOLINTEND(readability-identifier-naming)

#endif  // BENCH_PROFILER_HOOK_SECTION_H_
