#include "bench_profiler/interpose/daemon_hook.h"

#include <atomic>

#include "bench_profiler/interpose/next_function.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {
namespace {

std::atomic<void (*)()> daemon_handler{nullptr};

}  // namespace

void SetDaemonHandler(void (*handler)()) {
  daemon_handler.store(handler, std::memory_order_release);
}

}  // namespace bench_profiler

// Takes the place of libc's for the program and its libraries.
extern "C" BENCH_PROFILER_EXPORT int daemon(int keeps_folder,
                                            int keeps_streams) noexcept {
  using namespace bench_profiler;  // NOLINT(google-build-using-namespace)
  static NextFunction<int(int, int)> next("daemon");
  const auto handler = daemon_handler.load(std::memory_order_acquire);
  if (handler != nullptr) handler();
  return next.Get()(keeps_folder, keeps_streams);
}
