#include "bench_profiler/sampling/drain_thread.h"

#include <time.h>

#include "bench_profiler/platform/own_threads.h"

namespace bench_profiler {
namespace {

using Drain = bool();

void Run(void* argument) {
  const auto drain = reinterpret_cast<Drain*>(argument);
  const timespec second = {1, 0};
  do {
    nanosleep(&second, nullptr);
  } while (drain());
}

}  // namespace

bool KeepDraining(Drain* drain) {
  return StartOwnThread(Run, reinterpret_cast<void*>(drain));
}

}  // namespace bench_profiler
