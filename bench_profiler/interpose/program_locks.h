// The lock hooks that the program was linked with, as far as its calls arrive
// at them.
//
//   if (ProgramLocks() == nullptr) return WhyNoProgramLocks();
//   Locks functions = *ProgramLocks();   // libc's
//   functions.pthread_mutex_lock = MutexLock;
//   RedirectLocks(functions);            // the program's calls go to these now
#ifndef BENCH_PROFILER_INTERPOSE_PROGRAM_LOCKS_H_
#define BENCH_PROFILER_INTERPOSE_PROGRAM_LOCKS_H_

#include <cstdint>

#include "bench_profiler/error.h"
#include "bench_profiler/interpose/lock_hooks.h"

namespace bench_profiler {

// The functions that do the work; null if the program's calls do not arrive at
// our hooks.
const Locks* ProgramLocks();

// Why they do not.
Error WhyNoProgramLocks();

// Sends the program's calls to `functions`. Async-signal-safe. The calls of
// several threads at a time are mixed.
void RedirectLocks(const Locks& functions);

// Whether this is the first instruction of one of our definitions.
bool IsLockHook(uintptr_t code);

// Called when hooks were registered (program_hooks.h).
void RegisterLockHooks(LockHooks* hooks);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_PROGRAM_LOCKS_H_
