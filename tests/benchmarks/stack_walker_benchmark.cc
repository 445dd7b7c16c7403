// What one walk costs in a signal handler, by depth and walker.
//
//   stack_walker_benchmark [rounds]     2000
//
// Both walkers run in the same handler, in turns, so that both find the caches
// as the other one left them. Prints medians and 99th percentiles in
// microseconds, and the ratio of the medians.
#include <signal.h>
#include <ucontext.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "bench_profiler/stack/stack_walker.h"
#include "tests/benchmarks/quantile.h"
#include "tests/stack/libunwind_walker.h"

namespace bench_profiler {
namespace {

using Clock = std::chrono::steady_clock;

double Micros(Clock::duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

struct Costs {
  std::vector<double> cfi;
  std::vector<double> libunwind;
  size_t depth = 0;
};
Costs* costs = nullptr;
StackBounds bounds;

void OnSignal(int, siginfo_t*, void* handler_context) {
  const auto& context = *static_cast<const ucontext_t*>(handler_context);
  uintptr_t pcs[kMaxFrames];
  const Clock::time_point start = Clock::now();
  costs->depth = WalkStackByCfi(context, bounds, pcs, kMaxFrames).depth;
  const Clock::time_point middle = Clock::now();
  WalkStackByLibunwind(context, pcs, kMaxFrames);
  const Clock::time_point end = Clock::now();
  costs->cfi.push_back(Micros(middle - start));
  costs->libunwind.push_back(Micros(end - middle));
}

// Interrupted below `depth` more frames than here.
__attribute__((noinline)) void Descend(int depth, int rounds) {
  if (depth > 0) {
    Descend(depth - 1, rounds);
  } else {
    for (int i = 0; i < rounds; ++i) raise(SIGUSR1);
  }
  asm volatile("" ::: "memory");  // no tail call
}

// On a stack of `frames` frames, from the signal's to the root.
void Measure(size_t frames, int rounds) {
  Costs base;
  costs = &base;
  Descend(0, 1);
  Costs mine;
  mine.cfi.reserve(static_cast<size_t>(rounds));
  mine.libunwind.reserve(static_cast<size_t>(rounds));
  costs = &mine;
  Descend(static_cast<int>(frames - std::min(frames, base.depth)), rounds);
  const double cfi = Median(mine.cfi);
  const double libunwind = Median(mine.libunwind);
  std::printf("%6zu %9.2f %9.2f %13.2f %9.2f %9.1f\n", mine.depth, cfi,
              Quantile(mine.cfi, 0.99), libunwind,
              Quantile(mine.libunwind, 0.99), libunwind / cfi);
}

int Run(int rounds) {
  // The part of the stack that is known to be there: from here up to the frame
  // of main's caller, and down as deep as the handler has been.
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  bounds.low = here - (uintptr_t{1} << 16);
  bounds.high = here + 1024;
  struct sigaction action = {};
  action.sa_sigaction = OnSignal;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGUSR1, &action, nullptr);
  std::printf("%6s %9s %9s %13s %9s %9s\n", "frames", "CFI p50", "CFI p99",
              "libunwind p50", "p99", "ratio");
  for (const unsigned frames : {10u, 30u, 100u}) Measure(frames, rounds);
  return 0;
}

}  // namespace
}  // namespace bench_profiler

int main(int argc, char** argv) {
  return bench_profiler::Run(argc > 1 ? std::atoi(argv[1]) : 2000);
}
