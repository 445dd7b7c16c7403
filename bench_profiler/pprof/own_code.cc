#include "bench_profiler/pprof/own_code.h"

#include <atomic>

#include "bench_profiler/sampling/sampling.h"

namespace bench_profiler {

void HideOwnCode() {
  static std::atomic<bool> hidden{false};
  if (!hidden.exchange(true)) {
    HideModuleOf(reinterpret_cast<const void*>(&HideOwnCode));
  }
}

}  // namespace bench_profiler
