// The functions that the program's calls of lock functions are sent to while
// waits are observed (interpose/lock_functions.def).
//
//   RedirectLocks(ObservedLocks(/*waits=*/true, /*unlocks=*/false));
//
// Each tries first what does not wait, and only looks at the clock and the
// stack if that fails. So a lock that nobody holds costs little more than
// without.
#ifndef BENCH_PROFILER_COLLECTORS_LOCKS_OBSERVED_LOCKS_H_
#define BENCH_PROFILER_COLLECTORS_LOCKS_OBSERVED_LOCKS_H_

#include "bench_profiler/interpose/program_locks.h"

namespace bench_profiler {

// `waits`: for the block profile. `unlocks`: for the mutex profile. With
// neither, the functions of libc. Only if there are ProgramLocks().
Locks ObservedLocks(bool waits, bool unlocks);

// Of these, the functions that wait for no lock: for semaphores, threads,
// barriers and futexes. Condition variables are not among them, since they
// unlock a mutex. For ObservedLocks.
void ObserveWaits(Locks* locks);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_LOCKS_OBSERVED_LOCKS_H_
