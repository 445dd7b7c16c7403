// Counts the program's allocations and draws samples of them.
//
//   class Observer : public AllocationObserver { ... };
//   Error error = ObserveAllocations(&observer, 524288);
//   ...
//   error = ObserveAllocations(&observer, 4096);   // more often
//   StopObservingAllocations();
//
// It sees the calls of malloc, its sisters and operator new by the program and
// all of its libraries. The allocator may be any one that is not linked
// statically (allocator_hooks.h). Under a sanitizer it sees what the
// sanitizer's own hooks report (sanitizer/allocator_interface.h), where some
// functions are missing: memalign under ThreadSanitizer, realloc under
// LeakSanitizer. Calls of mmap are not observed.
#ifndef BENCH_PROFILER_INTERPOSE_OBSERVED_ALLOCATOR_H_
#define BENCH_PROFILER_INTERPOSE_OBSERVED_ALLOCATOR_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/error.h"

namespace bench_profiler {

// Called on the allocating thread, in the middle of anything that allocates. So
// it must not allocate, and must not take a lock that anybody holds while
// allocating.
class AllocationObserver {
 public:
  // A block of `size` bytes was drawn, at a rate of one in `mean_bytes`. The
  // code that allocates is at or near `caller`. Returns what OnFree will get,
  // or null if OnFree need not be called.
  virtual void* OnSample(size_t size, int64_t mean_bytes, uintptr_t caller) = 0;

  // The block is about to be freed, by any thread.
  virtual void OnFree(void* cookie) = 0;

 protected:
  ~AllocationObserver() = default;
};

// Only one thread at a time may call the following functions.

// Starts to count allocations, in AllocationThread, for the rest of the
// process. Fails if the program's allocations cannot be seen. Needs no
// observer.
Error CountAllocations();

// The same, and draws blocks as samples. In the stream of bytes that a thread
// allocates there are random points, a Poisson process with one in
// `mean_bytes`, and a block with a point in it is drawn. So a block of s bytes
// is drawn with the probability 1 - exp(-s / mean_bytes), whatever was drawn
// before. With mean_bytes = 1 every block is drawn; otherwise blocks of 0 bytes
// never are.
//
// Another call, with the same observer, changes the mean: at once in the
// calling thread, in others after their next sample or megabyte.
Error ObserveAllocations(AllocationObserver* observer, int64_t mean_bytes);

// Stops drawing. The observer is still told when blocks are freed that were
// drawn before. Threads that are just drawing a block may still call it.
void StopObservingAllocations();

// Says in one line how allocations are seen.
const char* AllocatorDescription();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_OBSERVED_ALLOCATOR_H_
