// operator new and delete. They call malloc and free, and one another as the
// standard and libstdc++ define it: so if a program replaces some of them, its
// own ones are also called by those that it does not replace.
//
// Linked into the program and weak, see allocator_hooks.h. Without these, the
// operators of some shared allocators would be called, which never call malloc
// and so would not be seen.
#include <stdlib.h>

#include <new>

#include "bench_profiler/hook_section.h"
#include "bench_profiler/interpose/allocator_hooks.h"

#define BENCH_PROFILER_NEW \
  BENCH_PROFILER_HOOK __attribute__((weak, visibility("default")))

char bench_profiler_new_hooks = 0;

namespace {

// [new.delete.single]: tries until it works, or until the new-handler throws.
template <class Allocate>
inline __attribute__((always_inline)) void* AllocateOrThrow(Allocate allocate) {
  for (;;) {
    void* pointer = allocate();
    if (__builtin_expect(pointer != nullptr, 1)) return pointer;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

// If the new-handler throws, the caller gets a null pointer.
template <class Allocate>
inline __attribute__((always_inline)) void* AllocateOrNull(Allocate allocate) {
  try {
    return allocate();
  } catch (...) {
    return nullptr;
  }
}

}  // namespace

BENCH_PROFILER_NEW void* operator new(size_t size) {
  return AllocateOrThrow([size]() __attribute__((always_inline)) {
    return malloc(size);
  });
}
BENCH_PROFILER_NEW void* operator new(size_t size, std::align_val_t alignment) {
  size_t bytes = static_cast<size_t>(alignment);
  if (bytes < sizeof(void*)) bytes = sizeof(void*);  // the least it takes
  return AllocateOrThrow([ size, bytes ]() __attribute__((always_inline)) {
    void* pointer = nullptr;
    return posix_memalign(&pointer, bytes, size) == 0 ? pointer : nullptr;
  });
}
BENCH_PROFILER_NEW void* operator new[](size_t size) {
  return operator new(size);
}
BENCH_PROFILER_NEW void* operator new[](size_t size, std::align_val_t a) {
  return operator new(size, a);
}
BENCH_PROFILER_NEW void* operator new(size_t size,
                                      const std::nothrow_t&) noexcept {
  return AllocateOrNull([size]() __attribute__((always_inline)) {
    return operator new(size);
  });
}
BENCH_PROFILER_NEW void* operator new[](size_t size,
                                        const std::nothrow_t&) noexcept {
  return AllocateOrNull([size]() __attribute__((always_inline)) {
    return operator new[](size);
  });
}
BENCH_PROFILER_NEW void* operator new(size_t size, std::align_val_t a,
                                      const std::nothrow_t&) noexcept {
  return AllocateOrNull([ size, a ]() __attribute__((always_inline)) {
    return operator new(size, a);
  });
}
BENCH_PROFILER_NEW void* operator new[](size_t size, std::align_val_t a,
                                        const std::nothrow_t&) noexcept {
  return AllocateOrNull([ size, a ]() __attribute__((always_inline)) {
    return operator new[](size, a);
  });
}

BENCH_PROFILER_NEW void operator delete(void* p) noexcept { free(p); }
BENCH_PROFILER_NEW void operator delete(void* p, std::align_val_t) noexcept {
  free(p);
}
BENCH_PROFILER_NEW void operator delete[](void* p) noexcept {
  operator delete(p);
}
BENCH_PROFILER_NEW void operator delete[](void* p,
                                          std::align_val_t a) noexcept {
  operator delete(p, a);
}
BENCH_PROFILER_NEW void operator delete(void* p, size_t) noexcept {
  operator delete(p);
}
BENCH_PROFILER_NEW void operator delete[](void* p, size_t) noexcept {
  operator delete[](p);
}
BENCH_PROFILER_NEW void operator delete(void* p, size_t,
                                        std::align_val_t a) noexcept {
  operator delete(p, a);
}
BENCH_PROFILER_NEW void operator delete[](void* p, size_t,
                                          std::align_val_t a) noexcept {
  operator delete[](p, a);
}
BENCH_PROFILER_NEW void operator delete(void* p,
                                        const std::nothrow_t&) noexcept {
  operator delete(p);
}
BENCH_PROFILER_NEW void operator delete[](void* p,
                                          const std::nothrow_t&) noexcept {
  operator delete[](p);
}
BENCH_PROFILER_NEW void operator delete(void* p, std::align_val_t a,
                                        const std::nothrow_t&) noexcept {
  operator delete(p, a);
}
BENCH_PROFILER_NEW void operator delete[](void* p, std::align_val_t a,
                                          const std::nothrow_t&) noexcept {
  operator delete[](p, a);
}
