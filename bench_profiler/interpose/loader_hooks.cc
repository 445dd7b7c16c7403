#include "bench_profiler/interpose/loader_hooks.h"

#include <atomic>

#include "bench_profiler/interpose/next_function.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {
namespace {

std::atomic<const LoaderHandlers*> loader_handlers{nullptr};

}  // namespace

void SetLoaderHandlers(const LoaderHandlers* handlers) {
  loader_handlers.store(handlers, std::memory_order_release);
}

}  // namespace bench_profiler

// Takes the place of libc's for the program and its libraries.
extern "C" BENCH_PROFILER_EXPORT int dlclose(void* handle) {
  using namespace bench_profiler;  // NOLINT(google-build-using-namespace)
  static NextFunction<int(void*)> next("dlclose");
  const LoaderHandlers* handlers =
      loader_handlers.load(std::memory_order_acquire);
  if (handlers == nullptr) return next.Get()(handle);
  handlers->before_close();
  const int result = next.Get()(handle);
  handlers->after_close();
  return result;
}
