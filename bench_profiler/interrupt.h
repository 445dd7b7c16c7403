// Saves the profiles of a run that SIGINT, SIGTERM or SIGHUP ends.
//
//   CatchInterrupts(Save);   // int Save(): writes everything, in a child
//   { UninterruptedSection section; ... }   // tables are being changed
//
// The signal's handler forks, and the child writes what was sampled so far: the
// interrupted program may hold any lock, be it malloc's, and a copy of it can
// come to no harm. The program then ends by the signal as it would have.
#ifndef BENCH_PROFILER_INTERRUPT_H_
#define BENCH_PROFILER_INTERRUPT_H_

namespace bench_profiler {

// Installs the handlers, where the program and its parent left the default.
// `save` is called in a forked child of the handler; it must not call the
// program's malloc nor take its locks. What it returns is the child's status.
void CatchInterrupts(int (*save)());

// Saves the profiles of a process that is about to end in another way, if no
// section lives. Async-signal-safe. Does nothing in a forked child.
void SaveAtOnce();

// From now on these signals end the program at once.
void StopCatchingInterrupts();

// One thread at a time, and no interrupt is handled, while a section lives. An
// interrupt that comes meanwhile is handled at its end. Must not nest.
class UninterruptedSection {
 public:
  UninterruptedSection();
  ~UninterruptedSection();
  UninterruptedSection(const UninterruptedSection&) = delete;
  UninterruptedSection& operator=(const UninterruptedSection&) = delete;

  // Enters only if no other section lives. Returns whether it did.
  static bool TryEnter();
  static void Leave();
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERRUPT_H_
