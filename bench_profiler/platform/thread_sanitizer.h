// Whether the program is built with -fsanitize=thread.
//
//   if (IsUnderThreadSanitizer()) return Error::Format("...");
#ifndef BENCH_PROFILER_PLATFORM_THREAD_SANITIZER_H_
#define BENCH_PROFILER_PLATFORM_THREAD_SANITIZER_H_

#include <dlfcn.h>

#include <atomic>

namespace bench_profiler {

// The sanitizer's runtime delays signals and delivers them elsewhere, when the
// stack of their context has changed. Asked for once: a forked child may find
// the loader's lock held for ever.
inline bool IsUnderThreadSanitizer() {
  enum { kUnknown, kNo, kYes };
  static std::atomic<int> answer{kUnknown};
  if (answer.load() == kUnknown) {
    answer.store(dlsym(RTLD_DEFAULT, "__tsan_init") == nullptr ? kNo : kYes);
  }
  return answer.load() == kYes;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_THREAD_SANITIZER_H_
