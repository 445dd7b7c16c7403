// Walks the stack with the help of .eh_frame, which every object has unless it
// was built without it on purpose.
//
// Why a signal handler may run this, whatever it interrupted:
// - Objects are found without a lock (loaded_object.h): dlopen, dlclose and
//   throw may be under way in this thread or another.
// - Tables are read inside of the object's mapping only. A correct program does
//   not unmap an object while one of its functions is on a stack.
// - The stack is read through StackMemory, which asks the kernel first whether
//   a page can be read.
// - All state is in local variables of fixed size, except for the cache, which
//   needs no lock (frame_cache.h). All loops end: the caller's array limits the
//   frames, and constants limit instructions and operations.
// - The dynamic linker is never called to resolve a function, since the library
//   is linked with -z now.
#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/cfi_walk.h"
#include "bench_profiler/stack/stack_memory.h"
#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

StackTrace WalkStackByCfi(const ucontext_t& context, const StackBounds& bounds,
                          uintptr_t* pcs, size_t max_pcs, WalkLog* log) {
  {  // A scope: both walks, of 500 bytes each, use the same part of the stack.
    Walk fast(RegistersOf(context), StackMemory(bounds, log),
              /*use_cache=*/true);
    const StackTrace trace = fast.Follow(pcs, max_pcs);
    if (!fast.is_lost()) return trace;
  }
  // The walk depended on other registers, too.
  if (log != nullptr) log->complete = false;
  Walk exact(RegistersOf(context), StackMemory(bounds), /*use_cache=*/false);
  return exact.Follow(pcs, max_pcs);
}

}  // namespace bench_profiler
