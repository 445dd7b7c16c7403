// Is linked into a program or library together with the allocator's hooks
// (bench_profiler/heap_hooks.h), and tells the profiler of them.
#include <dlfcn.h>

#include "bench_profiler/interpose/allocator_hooks.h"

extern "C" {

extern __attribute__((visibility("hidden")))
const char bench_profiler_registered_hooks;
const char bench_profiler_registered_hooks = 0;

// Priority 101, so that it runs before the initializers of the program's own
// objects, which may allocate. The function is looked up by name, for two
// reasons: it finds the profiler that was linked as well as one that was
// preloaded, and the archive needs no library, so that it may stand anywhere on
// the link line.
__attribute__((constructor(101))) static void RegisterHooks() {
  using Register = void (*)(bench_profiler::AllocatorHooks*);
  const auto tell = reinterpret_cast<Register>(
      dlsym(RTLD_DEFAULT, "bench_profiler_register_hooks"));
  if (tell != nullptr) tell(&bench_profiler_allocator_hooks);
}

}  // extern "C"
