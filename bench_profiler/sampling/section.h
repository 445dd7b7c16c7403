// One thread at a time changes what sampling knows.
//
//   { UninterruptedSection section; ... }   // tables are being changed
//
// A lock, but one that a signal's handler can ask for and that knows when a
// signal has to be dealt with at its end (run/interrupt.h).
#ifndef BENCH_PROFILER_SAMPLING_SECTION_H_
#define BENCH_PROFILER_SAMPLING_SECTION_H_

namespace bench_profiler {

// One thread at a time, and no interrupt is handled, while a section lives. An
// interrupt that comes meanwhile is handled at its end. Must not nest.
class UninterruptedSection {
 public:
  UninterruptedSection();
  ~UninterruptedSection();
  UninterruptedSection(const UninterruptedSection&) = delete;
  UninterruptedSection& operator=(const UninterruptedSection&) = delete;

  // Enters only if no other section lives. Returns whether it did.
  // Async-signal-safe.
  static bool TryEnter();
  static void Leave();

  // Whether this thread is in a section: a signal's handler may find itself
  // there. Async-signal-safe.
  static bool IsMine();

  // `after` is called each time that a section has ended, outside of it.
  static void CallAfterEach(void (*after)());

  // For a child of fork, in which the thread that was in a section is not.
  static void ForgetInChild();
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_SECTION_H_
