// Counts the program's allocations and draws samples of them.
//
//   class Observer : public AllocationObserver { ... };
//   Error error = ObserveAllocations(&observer, 524288);
//   ...
//   error = ObserveAllocations(&observer, 4096);   // more often
//   StopObservingAllocations();
//
// Sees malloc and its sisters and operator new, of the program and all of its
// libraries, whichever allocator does the work, as long as that is a shared one
// (allocator_hooks.h). Under a sanitizer it sees what the sanitizer's own hooks
// tell (sanitizer/allocator_interface.h): those lack some functions, memalign
// under ThreadSanitizer, realloc under LeakSanitizer. mmap is not observed.
#ifndef BENCH_PROFILER_INTERPOSE_OBSERVED_ALLOCATOR_H_
#define BENCH_PROFILER_INTERPOSE_OBSERVED_ALLOCATOR_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/error.h"
#include "bench_profiler/interpose/allocator_hooks.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {

// Called on the allocating thread, in the middle of anything that allocates:
// must not allocate by itself, nor take a lock that is held while allocating.
class AllocationObserver {
 public:
  // A block of `size` bytes was drawn, as one in `mean_bytes`, for code at or
  // near `caller`. Returns what OnFree is to get, null if its end does not
  // matter.
  virtual void* OnSample(size_t size, int64_t mean_bytes, uintptr_t caller) = 0;

  // The block is about to be given back, by whatever thread.
  virtual void OnFree(void* cookie) = 0;

 protected:
  ~AllocationObserver() = default;
};

// One caller at a time for all of these.

// Starts to count (AllocationThread), to which no observer is needed, or says
// why the program's allocations cannot be seen. For good.
Error CountAllocations();

// The same, and draws blocks: points in the stream of allocated bytes come as a
// Poisson process of one in `mean_bytes`, each thread for itself, and a block
// is drawn if one of them falls into it. So one of s bytes is drawn with the
// probability 1 - exp(-s / mean_bytes), whatever was drawn before it. With
// mean_bytes = 1 every block is drawn, else none of 0 bytes.
//
// Again, with the same observer, changes the mean: at once in this thread, in
// each other one after its next sample or megabyte.
Error ObserveAllocations(AllocationObserver* observer, int64_t mean_bytes);

// Draws no more. As long as blocks are in use that were drawn, the observer
// hears of their ends. Threads that are on their way may still come.
void StopObservingAllocations();

// One line: how allocations are seen.
const char* AllocatorDescription();

}  // namespace bench_profiler

// What the program, or a library of it, has linked (registered_hooks.cc). Of
// several, those are taken to which the program's calls come. Before all above.
extern "C" BENCH_PROFILER_EXPORT void bench_profiler_register_hooks(
    bench_profiler::AllocatorHooks* hooks);

#endif  // BENCH_PROFILER_INTERPOSE_OBSERVED_ALLOCATOR_H_
