// The labels that a program gives to what it is doing, as its threads' signal
// handlers read them.
//
//   sample->labels = CurrentLabels();
#ifndef BENCH_PROFILER_RECORD_LABEL_SETS_H_
#define BENCH_PROFILER_RECORD_LABEL_SETS_H_

#include <cstdint>

namespace bench_profiler {

// The number of the calling thread's label set, 0 if it has none.
// Async-signal-safe.
uint32_t CurrentLabels();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_LABEL_SETS_H_
