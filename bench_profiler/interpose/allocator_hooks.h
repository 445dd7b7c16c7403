// The switch between the program's calls of malloc and its sisters and the
// allocator that does the work.
//
//   // in the program (malloc_hooks.cc, in an archive that is linked into it)
//   void* malloc(size_t size) { return hooks.current.malloc.load()(size); }
//   // in the profiler
//   hooks->current.malloc.store(ObservedMalloc);   // calls hooks->next.malloc
//
// While nobody observes, `current` is the allocator itself, and a call costs
// one indirect jump, as much as a call through the procedure linkage table. The
// definitions are in the program and not in our shared library, because only
// then they come before those of a shared allocator (jemalloc, tcmalloc,
// mimalloc). They are weak, so that an allocator that is linked statically
// takes their place.
#ifndef BENCH_PROFILER_INTERPOSE_ALLOCATOR_HOOKS_H_
#define BENCH_PROFILER_INTERPOSE_ALLOCATOR_HOOKS_H_

#include <atomic>
#include <cstddef>

#include "bench_profiler/interpose/lock_hooks.h"
#include "bench_profiler/interpose/plain_pointer.h"

namespace bench_profiler {

// malloc(3), posix_memalign(3) and their sisters. `Pointer` is how each pointer
// is kept: as it is, or std::atomic where it may change while threads run.
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

using Allocator = AllocatorFunctions<PlainPointer>;

struct AllocatorHooks {
  AllocatorFunctions<std::atomic> current;  // where the program's calls go
  Allocator next;         // the allocator; set before the first call returns
  Allocator ours;         // our definitions
  Allocator linked;       // the definitions that the program was linked with
  void (*resolve)();      // sets `next`, unless a call has done so
  const void* new_hooks;  // so that operator new is linked, too
  LockHooks* locks;       // the same for those of locks
  const char* code;       // start and end of the code of all of these
  const char* code_limit;
};

}  // namespace bench_profiler

extern "C" {

// That of the program. A reference to it makes the linker take the definitions
// from the archive.
extern __attribute__((visibility("hidden")))
bench_profiler::AllocatorHooks bench_profiler_allocator_hooks;

extern __attribute__((visibility("hidden"))) char bench_profiler_new_hooks;

}  // extern "C"

#endif  // BENCH_PROFILER_INTERPOSE_ALLOCATOR_HOOKS_H_
