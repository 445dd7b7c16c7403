// A section: only one thread at a time changes what sampling knows.
//
//   { UninterruptedSection section; ... }   // tables are being changed
//
// It is a lock, but a signal handler can ask whether it is held, and leave what
// it has to do to the end of the section (run/interrupt.h).
#ifndef BENCH_PROFILER_SAMPLING_SECTION_H_
#define BENCH_PROFILER_SAMPLING_SECTION_H_

namespace bench_profiler {

// While a section lives, no other one begins, and no interrupt is handled. An
// interrupt that comes meanwhile is handled at its end. Sections must not nest.
class UninterruptedSection {
 public:
  UninterruptedSection();
  ~UninterruptedSection();
  UninterruptedSection(const UninterruptedSection&) = delete;
  UninterruptedSection& operator=(const UninterruptedSection&) = delete;

  // Enters a section unless another one lives. Returns whether it did.
  // Async-signal-safe.
  static bool TryEnter();
  static void Leave();

  // Returns whether this thread is in a section, as it may be when a signal
  // handler runs. Async-signal-safe.
  static bool IsMine();

  // From now on `after` is called whenever a section has ended.
  static void CallAfterEach(void (*after)());

  // For the child of a fork, where the thread that was in a section does not
  // exist.
  static void ForgetInChild();
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_SECTION_H_
