// What each thread is doing now, readable from its signal handlers.
//
//   {
//     RunScope scope(run, thread_index, kSetup);
//     SetPhase(kTimed);
//     ...                                  // samples here are "timed"
//   }                                      // back to what is in no region
//
// What there is (benchmarks, tests) and which phases it has (set-up, timed) are
// the words of the integrations, which program.h takes.
//
// One region runs at a time, on one or several threads that enter it. A thread
// that did not enter it (a worker that a benchmark started, a pool that was
// there before) takes part in it all the same: it inherits the run of the
// moment, and counts as measured while any thread of the region is.
#ifndef BENCH_PROFILER_REGION_H_
#define BENCH_PROFILER_REGION_H_

#include <cstdint>

#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {

struct Activity {
  uint32_t run = 0;                 // 0: outside of any run
  uint16_t thread = kHelperThread;  // index within the run
  Phase phase;

  // One word, so that a handler and its thread share it without locks.
  uint64_t Pack() const {
    return uint64_t{run} << 32 | uint64_t{thread} << 16 |
           uint64_t{phase.byte()};
  }
  static Activity Unpack(uint64_t word) {
    Activity activity;
    activity.run = static_cast<uint32_t>(word >> 32);
    activity.thread = static_cast<uint16_t>(word >> 16);
    activity.phase = Phase::FromByte(static_cast<uint8_t>(word));
    return activity;
  }
};

// The packed activity of the calling thread. Async-signal-safe.
uint64_t CurrentActivity();

// Puts the calling thread into `run` for the scope's lifetime, first in the
// phase `first`, which is no measured one. Ends properly when an exception
// passes. Thread-safe. An outer scope of the same thread, as of a test that
// runs benchmarks, is suspended meanwhile: it is in `first`, too.
class BENCH_PROFILER_EXPORT RunScope {
 public:
  RunScope(uint32_t run, uint16_t thread, Phase first);
  ~RunScope();

  // Whether the thread has been in a measured phase since the scope began.
  bool was_measured() const;

  RunScope(const RunScope&) = delete;
  RunScope& operator=(const RunScope&) = delete;

 private:
  uint64_t outer_;  // packed activity of the suspended scope, 0: none
  Phase first_;
};

// Changes the phase of the calling thread; does nothing outside of a RunScope.
// Setting the present phase again is harmless. Thread- and async-signal-safe.
BENCH_PROFILER_EXPORT void SetPhase(Phase phase);

// The run that threads belong to while they are in no region, 0 at first. For
// the session. Thread- and async-signal-safe.
void SetOutsideRun(uint32_t run);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REGION_H_
