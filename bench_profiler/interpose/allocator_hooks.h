// The switch between the program's calls of the allocator and the allocator.
//
//   // in the program (malloc_hooks.cc, in an archive that is linked into it)
//   void* malloc(size_t size) { return hooks.current.malloc.load()(size); }
//   // in the profiler
//   hooks->current.malloc.store(ObservedMalloc);   // calls hooks->next.malloc
//
// While nobody observes, `current` is the allocator itself and a call costs one
// indirect jump, as a call through the procedure linkage table does. The
// definitions are in the program and not in our shared library: only there they
// come before those of a shared allocator (jemalloc, tcmalloc, mimalloc), and,
// being weak, they give way to one that is linked statically.
#ifndef BENCH_PROFILER_INTERPOSE_ALLOCATOR_HOOKS_H_
#define BENCH_PROFILER_INTERPOSE_ALLOCATOR_HOOKS_H_

#include <atomic>
#include <cstddef>

namespace bench_profiler {

// As malloc(3), posix_memalign(3) and their sisters. `Pointer` is how each is
// kept: plainly, or atomic where it is changed while threads run.
template <template <class> class Pointer>
struct AllocatorFunctions {
  Pointer<void* (*)(size_t) noexcept> malloc;
  Pointer<void (*)(void*) noexcept> free;
  Pointer<void* (*)(size_t, size_t) noexcept> calloc;
  Pointer<void* (*)(void*, size_t) noexcept> realloc;
  Pointer<void* (*)(size_t, size_t) noexcept> memalign;
  Pointer<int (*)(void**, size_t, size_t) noexcept> posix_memalign;
  Pointer<void* (*)(size_t, size_t) noexcept> aligned_alloc;
  Pointer<void* (*)(size_t) noexcept> valloc;
  Pointer<void* (*)(size_t) noexcept> pvalloc;
};

template <class T>
using PlainPointer = T;

using Allocator = AllocatorFunctions<PlainPointer>;

struct AllocatorHooks {
  AllocatorFunctions<std::atomic> current;  // what the program's calls go to
  Allocator next;     // the allocator behind; set before the first call returns
  Allocator ours;     // our definitions
  Allocator linked;   // the definitions that the program was linked with
  void (*resolve)();  // sets `next` if no call has done so yet
  const void* new_hooks;  // has the definitions of operator new linked, too
};

}  // namespace bench_profiler

extern "C" {

// The one of the program. Whoever names it has the definitions linked.
extern __attribute__((visibility("hidden")))
bench_profiler::AllocatorHooks bench_profiler_allocator_hooks;

extern __attribute__((visibility("hidden"))) char bench_profiler_new_hooks;

}  // extern "C"

#endif  // BENCH_PROFILER_INTERPOSE_ALLOCATOR_HOOKS_H_
