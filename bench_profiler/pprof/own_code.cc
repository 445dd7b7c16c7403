#include "bench_profiler/pprof/own_code.h"

#include <atomic>

#include "bench_profiler/interpose/program_hooks.h"
#include "bench_profiler/sampling/sampling.h"

namespace bench_profiler {

void HideOwnCode() {
  static std::atomic<bool> hidden{false};
  if (hidden.exchange(true)) return;
  HideModuleOf(reinterpret_cast<const void*>(&HideOwnCode));
  // The allocator's hooks are linked into the program, so the line above does
  // not hide them. One of them, operator new, can be a frame of its own.
  if (const AllocatorHooks* hooks = ProgramHooks()) {
    HideRange({reinterpret_cast<uint64_t>(hooks->code),
               reinterpret_cast<uint64_t>(hooks->code_limit)},
              /*with_callees=*/false);
  }
}

}  // namespace bench_profiler
