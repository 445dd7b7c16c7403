// Tells the profiler of the allocator's hooks, in the program or library that
// they are linked into with this (bench_profiler/heap_hooks.h).
#include <dlfcn.h>

#include "bench_profiler/interpose/allocator_hooks.h"

extern "C" {

extern __attribute__((visibility("hidden")))
const char bench_profiler_registered_hooks;
const char bench_profiler_registered_hooks = 0;

// Before the initializers of the program's own objects, which may allocate.
// Looked up by name: whichever profiler there is, the one that is linked or one
// that was preloaded, it is the first that has the name; and the archive, which
// may stand anywhere on the link line, needs nothing of a library.
__attribute__((constructor(101))) static void RegisterHooks() {
  using Register = void (*)(bench_profiler::AllocatorHooks*);
  const auto tell = reinterpret_cast<Register>(
      dlsym(RTLD_DEFAULT, "bench_profiler_register_hooks"));
  if (tell != nullptr) tell(&bench_profiler_allocator_hooks);
}

}  // extern "C"
