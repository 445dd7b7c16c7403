// Saves the profiles of a run that SIGINT, SIGTERM or SIGHUP ends.
//
//   CatchInterrupts(Save);   // int Save(): writes everything, in a child
//   { UninterruptedSection section; ... }   // tables are being changed
//   { UninterruptedSection section; SaveAtEnd(SaveAll); }
//
// A copy of the process (writer_process.h) writes what was sampled so far: the
// interrupted program may hold any lock, be it malloc's, and a copy of it can
// come to no harm. What it changes in the tables to write them is its own: the
// profiles are the same however often they are saved. The program then ends by
// the signal as it would have. A second signal ends it at once.
#ifndef BENCH_PROFILER_RUN_INTERRUPT_H_
#define BENCH_PROFILER_RUN_INTERRUPT_H_

#include "bench_profiler/run/writer_process.h"

namespace bench_profiler {

// Installs the handlers, where the program and its parent left the default.
// `save` is called in a child of the handler; it must not call the program's
// malloc nor take its locks. What it returns is the child's status.
void CatchInterrupts(int (*save)());

// Saves the profiles of a process that is about to end in another way, if no
// section lives. Async-signal-safe. Does nothing in a forked child.
void SaveAtOnce();

// In a section: saves for the last time, by `save`. An interrupt that comes
// meanwhile ends the program when all is written, a second one at once. From
// then on these signals end it at once.
WriterResult SaveAtEnd(int (*save)());

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_INTERRUPT_H_
