// Takes the stack of the calling code the way a sampler does: from a signal
// handler that interrupts it.
//
//   const Capture capture = CaptureHere(ThreadStackBounds());
#ifndef BENCH_PROFILER_TESTS_STACK_STACK_CAPTURE_H_
#define BENCH_PROFILER_TESTS_STACK_STACK_CAPTURE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

struct Capture {
  std::vector<uintptr_t> pcs;
  bool truncated = false;

  // True if `return_addresses` come one after the other, as callers.
  bool HasCallers(const std::vector<uintptr_t>& return_addresses) const;
};

// By SIGUSR1, walked by WalkStackByCfi.
Capture CaptureHere(const StackBounds& bounds, size_t max_pcs = kMaxFrames);

// As far as the kernel lets the calling thread's stack be read.
StackBounds ThreadStackBounds();

// Where the calling function returns to.
#define BENCH_PROFILER_RETURN_ADDRESS() \
  reinterpret_cast<uintptr_t>(__builtin_return_address(0))

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_STACK_STACK_CAPTURE_H_
