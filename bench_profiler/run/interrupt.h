// Saves the profiles of a run that SIGINT, SIGTERM or SIGHUP ends.
//
//   CatchInterrupts(Save);   // int Save(): writes everything, in a child
//   { UninterruptedSection section; ... }   // tables are being changed
//   { UninterruptedSection section; SaveAtEnd(SaveAll); }
//
// A copy of the process (writer_process.h) writes what was sampled so far. The
// interrupted program may hold any lock, even that of malloc, but if the copy
// hangs, the program comes to no harm. The copy changes its own tables only, so
// that profiles can be saved any number of times. Then the program ends by the
// signal, as it would have. A second signal ends it at once.
#ifndef BENCH_PROFILER_RUN_INTERRUPT_H_
#define BENCH_PROFILER_RUN_INTERRUPT_H_

#include "bench_profiler/run/writer_process.h"

namespace bench_profiler {

// Installs the signal handlers, unless the program or its parent has set other
// ones. `save` is called in a child process; it must not call the program's
// malloc or take the program's locks. What it returns is the child's exit
// status.
void CatchInterrupts(int (*save)());

// The same for signals that come when the program crashes. Only where results
// are worth more than a crash that is exactly as it would have been.
void CatchCrashes();

// Saves the profiles of a process that is about to end in another way, unless a
// section lives. Does nothing in a forked child. Async-signal-safe.
void SaveAtOnce();

// Must be called in a section. Saves for the last time, by calling `save`. If
// an interrupt comes meanwhile, the program ends as soon as everything is
// written; a second one ends it at once. Afterwards these signals end the
// program at once.
WriterResult SaveAtEnd(int (*save)());

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_INTERRUPT_H_
