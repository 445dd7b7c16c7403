// What each thread is working on at the moment. Its signal handlers can read
// it.
//
//   {
//     RunScope scope(run, thread_index, kSetup);
//     SetPhase(kTimed);
//     ...                                  // samples here are "timed"
//   }                                      // back to what is in no region
//
// Words such as benchmark, test, set-up or timed belong to the integrations,
// which pass them to program.h.
//
// One region runs at a time, on one or several threads that enter it. Other
// threads, such as workers that a benchmark started or a pool that was there
// before, take part in it, too: they belong to the current run, and count as
// measured while any thread of the region is measured.
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

  // It fits into one word, so that a thread and its signal handlers share it
  // without locks.
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

// While it lives, the calling thread is in `run`, at first in the phase
// `first`, which must not be a measured one. It may end by an exception.
// Thread-safe. If the thread has an outer scope, as when a test runs
// benchmarks, that one is suspended meanwhile, and is in `first`, too.
class BENCH_PROFILER_EXPORT RunScope {
 public:
  RunScope(uint32_t run, uint16_t thread, Phase first);
  ~RunScope();

  // Returns whether the thread has been in a measured phase since the scope
  // began.
  bool was_measured() const;

  RunScope(const RunScope&) = delete;
  RunScope& operator=(const RunScope&) = delete;

 private:
  uint64_t outer_;  // packed activity of the suspended scope, 0: none
  Phase first_;
};

// Changes the phase of the calling thread. Does nothing outside of a RunScope,
// or if the thread is in that phase already. Thread- and async-signal-safe.
BENCH_PROFILER_EXPORT void SetPhase(Phase phase);

// Sets the run that threads belong to while no region runs. It is 0 at first.
// For the session. Thread- and async-signal-safe.
void SetOutsideRun(uint32_t run);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REGION_H_
