#include "bench_profiler/sampling/loader_calls.h"

#include <sched.h>
#include <time.h>

#include <atomic>
#include <cstdint>

namespace bench_profiler {
namespace {

// By a call, or by a fork.
std::atomic<bool> held{false};

int64_t MonotonicNanos() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

}  // namespace

LoaderCall::LoaderCall() {
  while (held.exchange(true, std::memory_order_acquire)) sched_yield();
}

LoaderCall::~LoaderCall() { held.store(false, std::memory_order_release); }

void LoaderCall::BeforeFork() {
  constexpr int64_t kPatienceNanos = 1000 * 1000 * 1000;
  if (!held.exchange(true)) return;
  const int64_t start = MonotonicNanos();
  while (held.exchange(true)) {
    if (MonotonicNanos() - start > kPatienceNanos) return;
    sched_yield();
  }
}

void LoaderCall::AfterFork() { held.store(false); }

}  // namespace bench_profiler
