// The definitions of malloc and its sisters that the program and its libraries
// call. Each passes the call on to AllocatorHooks::current.
//
// They are linked into the program, see allocator_hooks.h, and weak, so that
// the strong definitions of a statically linked allocator take their place.
#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "bench_profiler/hook_section.h"
#include "bench_profiler/interpose/allocator_hooks.h"

// NOLINTBEGIN(bugprone-macro-parentheses): types and lists of parameters.
// Begins our definition of `function`. It gets that name unless a strong
// definition has it.
#define BENCH_PROFILER_WEAK(result, function, parameters)              \
  extern "C" BENCH_PROFILER_HOOK __attribute__((visibility("hidden"))) \
  result BenchProfiler_##function parameters noexcept;                 \
  extern "C" __attribute__((weak, visibility("default"),               \
                            alias("BenchProfiler_" #function)))        \
  result function parameters noexcept;                                 \
  result BenchProfiler_##function parameters noexcept

// The same for a function that calls the one in AllocatorHooks. At first that
// is one which looks up the allocator, since the first call may come before any
// constructor has run.
#define BENCH_PROFILER_FORWARD(result, function, parameters, arguments)      \
  static result FirstCall_##function parameters noexcept {                   \
    Resolve();                                                               \
    return hooks.next.function arguments;                                    \
  }                                                                          \
  BENCH_PROFILER_WEAK(result, function, parameters) {                        \
    return hooks.current.function.load(std::memory_order_relaxed) arguments; \
  }

// NOLINTEND(bugprone-macro-parentheses)

static bench_profiler::AllocatorHooks& hooks = bench_profiler_allocator_hooks;

static void Resolve();

// True while this thread is in Resolve. Before glibc 2.34, the first dlsym of a
// thread calls calloc for an error message, and does without if that fails. The
// alignment is that of what follows in the program: otherwise mold 1.10 may put
// this into the page before, where nothing is mapped, and the program does not
// start ("cannot apply additional memory protection").
alignas(16) static thread_local bool resolving
    __attribute__((tls_model("initial-exec"))) = false;

BENCH_PROFILER_FORWARD(void*, malloc, (size_t size), (size))
BENCH_PROFILER_FORWARD(void, free, (void* pointer), (pointer))
static void* FirstCall_calloc(size_t count, size_t size) noexcept {
  if (resolving) return nullptr;
  Resolve();
  return hooks.next.calloc(count, size);
}
BENCH_PROFILER_WEAK(void*, calloc, (size_t count, size_t size)) {
  return hooks.current.calloc.load(std::memory_order_relaxed)(count, size);
}
BENCH_PROFILER_FORWARD(void*, realloc, (void* pointer, size_t size),
                       (pointer, size))
BENCH_PROFILER_FORWARD(void*, memalign, (size_t alignment, size_t size),
                       (alignment, size))
BENCH_PROFILER_FORWARD(int, posix_memalign,
                       (void** pointer, size_t alignment, size_t size),
                       (pointer, alignment, size))
BENCH_PROFILER_FORWARD(void*, aligned_alloc, (size_t alignment, size_t size),
                       (alignment, size))
BENCH_PROFILER_FORWARD(void*, valloc, (size_t size), (size))
BENCH_PROFILER_FORWARD(void*, pvalloc, (size_t size), (size))

// Not passed on, since a shared allocator may lack it, and libc's would call
// libc's own realloc with the allocator's memory.
BENCH_PROFILER_WEAK(void*, reallocarray,
                    (void* pointer, size_t count, size_t size)) {
  size_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  return realloc(pointer, bytes);  // ours or that of the program
}

// Not passed on either: mimalloc 3 has these two, and they allocate without
// calling malloc, so that the blocks would not be seen.
BENCH_PROFILER_HOOK static char* Copy(const char* text, size_t length) {
  void* copy = malloc(length + 1);
  if (copy == nullptr) return nullptr;
  memcpy(copy, text, length);
  static_cast<char*>(copy)[length] = '\0';
  return static_cast<char*>(copy);
}

BENCH_PROFILER_WEAK(char*, strdup, (const char* text)) {
  return Copy(text, strlen(text));
}
BENCH_PROFILER_WEAK(char*, strndup, (const char* text, size_t limit)) {
  return Copy(text, strnlen(text, limit));
}

bench_profiler::AllocatorHooks bench_profiler_allocator_hooks = {
    {{FirstCall_malloc},
     {FirstCall_free},
     {FirstCall_calloc},
     {FirstCall_realloc},
     {FirstCall_memalign},
     {FirstCall_posix_memalign},
     {FirstCall_aligned_alloc},
     {FirstCall_valloc},
     {FirstCall_pvalloc}},
    {},
    {BenchProfiler_malloc, BenchProfiler_free, BenchProfiler_calloc,
     BenchProfiler_realloc, BenchProfiler_memalign,
     BenchProfiler_posix_memalign, BenchProfiler_aligned_alloc,
     BenchProfiler_valloc, BenchProfiler_pvalloc},
    {malloc, free, calloc, realloc, memalign, posix_memalign, aligned_alloc,
     valloc, pvalloc},
    Resolve,
    &bench_profiler_new_hooks,
    &bench_profiler_lock_hooks,
    __start_bench_profiler_hooks,
    __stop_bench_profiler_hooks};

// Finds `name` in what comes after the program in the search order: in the
// shared allocator, or in libc.
template <class Function>
static void ResolveOne(const char* name, Function* next,
                       std::atomic<Function>* current) {
  *next = reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
  current->store(*next, std::memory_order_relaxed);
}

// Several threads may do this at a time: all get the same results.
static void Resolve() {
  if (hooks.next.malloc != nullptr) return;
  resolving = true;
  ResolveOne("pvalloc", &hooks.next.pvalloc, &hooks.current.pvalloc);
  ResolveOne("valloc", &hooks.next.valloc, &hooks.current.valloc);
  ResolveOne("aligned_alloc", &hooks.next.aligned_alloc,
             &hooks.current.aligned_alloc);
  ResolveOne("posix_memalign", &hooks.next.posix_memalign,
             &hooks.current.posix_memalign);
  ResolveOne("memalign", &hooks.next.memalign, &hooks.current.memalign);
  ResolveOne("realloc", &hooks.next.realloc, &hooks.current.realloc);
  ResolveOne("calloc", &hooks.next.calloc, &hooks.current.calloc);
  ResolveOne("free", &hooks.next.free, &hooks.current.free);
  ResolveOne("malloc", &hooks.next.malloc, &hooks.current.malloc);
  resolving = false;
}
