// The definitions of the functions of lock_functions.def that the program and
// its libraries call. Each passes the call on to LockHooks::current.
//
// They are linked into the program, see lock_hooks.h, and weak, so that strong
// definitions take their place, such as those of a sanitizer.
#include "bench_profiler/interpose/lock_hooks.h"

#include <dlfcn.h>

#include "bench_profiler/hook_section.h"

static bench_profiler::LockHooks& hooks = bench_profiler_lock_hooks;

// Finds `name` in what comes after the program in the search order. Several
// threads may do this at a time: all get the same result.
template <class Function>
static void Resolve(const char* name, Function* next,
                    std::atomic<Function>* current) {
  if (*next != nullptr) return;
  *next = reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
  current->store(*next, std::memory_order_relaxed);
}

// NOLINTBEGIN(bugprone-macro-parentheses): types and lists of parameters.
// A first call may come before any constructor has run.
#define BENCH_PROFILER_LOCK_FUNCTION(result, name, parameters, arguments, \
                                     exceptions)                          \
  static result FirstCall_##name parameters exceptions {                  \
    Resolve(#name, &hooks.next.name, &hooks.current.name);                \
    return hooks.next.name arguments;                                     \
  }                                                                       \
  extern "C" BENCH_PROFILER_HOOK __attribute__((visibility("hidden")))    \
  result BenchProfiler_##name parameters exceptions;                      \
  extern "C" __attribute__((weak, visibility("default"),                  \
                            alias("BenchProfiler_" #name)))               \
  result name parameters exceptions;                                      \
  result BenchProfiler_##name parameters exceptions {                     \
    return hooks.current.name.load(std::memory_order_relaxed) arguments;  \
  }
#include "bench_profiler/interpose/lock_functions.def"
#undef BENCH_PROFILER_LOCK_FUNCTION
// NOLINTEND(bugprone-macro-parentheses)

// clang-format off
bench_profiler::LockHooks bench_profiler_lock_hooks = {
  {
#define BENCH_PROFILER_LOCK_FUNCTION(result, name, parameters, arguments, exceptions) \
    {FirstCall_##name},
#include "bench_profiler/interpose/lock_functions.def"
#undef BENCH_PROFILER_LOCK_FUNCTION
  },
  {},
  {
#define BENCH_PROFILER_LOCK_FUNCTION(result, name, parameters, arguments, exceptions) \
    BenchProfiler_##name,
#include "bench_profiler/interpose/lock_functions.def"
#undef BENCH_PROFILER_LOCK_FUNCTION
  },
  {
#define BENCH_PROFILER_LOCK_FUNCTION(result, name, parameters, arguments, exceptions) \
    name,
#include "bench_profiler/interpose/lock_functions.def"
#undef BENCH_PROFILER_LOCK_FUNCTION
  }};
// clang-format on

// Looks up the rest, so that no signal handler has to. Priority 101: before the
// initializers of the program's own objects.
__attribute__((constructor(101))) static void ResolveAll() {
#define BENCH_PROFILER_LOCK_FUNCTION(result, name, parameters, arguments, \
                                     exceptions)                          \
  Resolve(#name, &hooks.next.name, &hooks.current.name);
#include "bench_profiler/interpose/lock_functions.def"
#undef BENCH_PROFILER_LOCK_FUNCTION
}
