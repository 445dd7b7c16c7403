// Compiled into each enabled program: main goes through the profiler.
//
// Linked with --wrap=main: the start-up code's reference to main resolves to
// __wrap_main here, and __real_main is the user's.
#include "../googletest/listener.h"
#include "bench_profiler/program.h"
#include "hook_section.h"

// Where a sanitizer replaces malloc, its own hooks are used, and ours are not
// even linked. Whether it does is asked of the compiler; a weak reference then
// finds the hooks. The runtime of -fsanitize=undefined, which leaves malloc
// alone, has them too and never calls them: the profiler tries, then uses ours.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define BENCH_PROFILER_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer) || __has_feature(leak_sanitizer)
#define BENCH_PROFILER_SANITIZER 1
#endif
#endif

extern "C" {

int __real_main(int argc, char** argv, char** environment);

BENCH_PROFILER_HOOK static int RealMain(int argc, char** argv,
                                        char** environment) {
  if (bench_profiler::Profiling()) {
    bench_profiler::HideHooks();
    if (bench_profiler::ListenToGoogleTest != nullptr) {
      bench_profiler::ListenToGoogleTest();
    }
  }
  return __real_main(argc, argv, environment);
}

__attribute__((weak)) int __sanitizer_install_malloc_and_free_hooks(
    void (*malloc_hook)(const volatile void*, size_t),
    void (*free_hook)(const volatile void*));

#ifndef BENCH_PROFILER_SANITIZER
// Naming it links it.
extern char bench_profiler_allocator_hooks[];
#endif

BENCH_PROFILER_HOOK int __wrap_main(int argc, char** argv, char** environment) {
  bench_profiler::Program program;
  program.main = RealMain;
  if (bench_profiler::DescribeTests != nullptr) {
    bench_profiler::DescribeTests(&program);
  }
  program.install_sanitizer_hooks = __sanitizer_install_malloc_and_free_hooks;
#ifndef BENCH_PROFILER_SANITIZER
  program.allocator = reinterpret_cast<bench_profiler::AllocatorHooks*>(
      bench_profiler_allocator_hooks);
#endif
  return bench_profiler::RunMain(argc, argv, environment, program);
}

}  // extern "C"
