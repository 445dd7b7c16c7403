// What each thread is doing now, readable from its signal handlers.
//
//   {
//     RunScope scope(run, thread_index);   // phase: set-up
//     SetPhase(Phase::kTimed);
//     ...                                  // samples here are "timed"
//   }                                      // back to "other"
//
// One benchmark runs at a time, on one or several threads that enter it. A
// thread that did not enter it (a worker that the benchmark started, a pool
// that was there before) takes part in it all the same: it inherits the run of
// the moment, and counts as timed while any thread of the benchmark is timed.
#ifndef BENCH_PROFILER_REGION_H_
#define BENCH_PROFILER_REGION_H_

#include <cstdint>

#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {

struct Activity {
  uint32_t run = 0;                 // 0: outside of any run
  uint16_t thread = kHelperThread;  // index within the run
  Phase phase = Phase::kOther;

  // One word, so that a handler and its thread share it without locks.
  uint64_t Pack() const {
    return uint64_t{run} << 32 | uint64_t{thread} << 16 |
           uint64_t{static_cast<uint8_t>(phase)};
  }
  static Activity Unpack(uint64_t word) {
    Activity activity;
    activity.run = static_cast<uint32_t>(word >> 32);
    activity.thread = static_cast<uint16_t>(word >> 16);
    activity.phase = static_cast<Phase>(word & 0xff);
    return activity;
  }
};

// The packed activity of the calling thread. Async-signal-safe.
uint64_t CurrentActivity();

// Puts the calling thread into `run` for the scope's lifetime, first in the
// phase kSetup. Ends properly when an exception passes. Thread-safe. An
// outer scope of the same thread, as of a test that runs benchmarks, is
// suspended meanwhile.
class BENCH_PROFILER_EXPORT RunScope {
 public:
  RunScope(uint32_t run, uint16_t thread);
  ~RunScope();

  // Whether the thread has been in the phase kTimed since the scope began.
  bool was_timed() const;

  RunScope(const RunScope&) = delete;
  RunScope& operator=(const RunScope&) = delete;

 private:
  uint64_t outer_;  // packed activity of the suspended scope, 0: none
};

// Changes the phase of the calling thread; does nothing outside of a RunScope.
// Setting the present phase again is harmless. Thread- and async-signal-safe.
BENCH_PROFILER_EXPORT void SetPhase(Phase phase);

// The run that threads belong to while no benchmark runs, 0 at first. For the
// session. Thread- and async-signal-safe.
void SetOutsideRun(uint32_t run);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REGION_H_
