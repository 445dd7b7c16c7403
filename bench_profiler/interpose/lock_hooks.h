// The switch between the program's calls of pthread_mutex_lock and its sisters
// (lock_functions.def) and libc, which does the work.
//
//   // in the program (lock_hooks.cc, in an archive that is linked into it)
//   int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
//     return hooks.current.pthread_mutex_lock.load()(mutex);
//   }
//   // in the profiler
//   hooks->current.pthread_mutex_lock.store(MutexLock);   // calls hooks->next
//
// While nobody observes, `current` is libc, and a call costs one indirect jump,
// as much as a call through the procedure linkage table. It is a jump only
// because the pointers have the noexcept of the functions: otherwise each would
// have to stay on the stack to end the program if an exception came.
#ifndef BENCH_PROFILER_INTERPOSE_LOCK_HOOKS_H_
#define BENCH_PROFILER_INTERPOSE_LOCK_HOOKS_H_

#include <pthread.h>
#include <semaphore.h>
#include <time.h>

#include <atomic>

#include "bench_profiler/interpose/plain_pointer.h"

namespace bench_profiler {

// `Pointer` is how each pointer is kept: as it is, or std::atomic where it may
// change while threads run.
template <template <class> class Pointer>
struct LockFunctions {
// NOLINTBEGIN(bugprone-macro-parentheses): types and lists of parameters.
#define BENCH_PROFILER_LOCK_FUNCTION(result, name, parameters, arguments, \
                                     exceptions)                          \
  Pointer<result(*) parameters exceptions> name;
// NOLINTEND(bugprone-macro-parentheses)
#include "bench_profiler/interpose/lock_functions.def"
#undef BENCH_PROFILER_LOCK_FUNCTION
};

using Locks = LockFunctions<PlainPointer>;

struct LockHooks {
  LockFunctions<std::atomic> current;  // where the program's calls go
  Locks next;    // libc; set before the first call returns, and all before main
  Locks ours;    // our definitions
  Locks linked;  // the definitions that the program was linked with
};

}  // namespace bench_profiler

// That of the program. A reference to it makes the linker take the definitions
// from the archive.
extern "C" __attribute__((visibility("hidden")))
bench_profiler::LockHooks bench_profiler_lock_hooks;

#endif  // BENCH_PROFILER_INTERPOSE_LOCK_HOOKS_H_
