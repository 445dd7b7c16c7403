// Turns tables on and off as the program asks for it.
//
//   int64_t before = SetTableRate(kind, 4096);
//   ...
//   if (TakeSnapshot(kind, &set)) return WhyOff(kind);
//
// `kind` is an index into Kinds(). Thread-safe.
#ifndef BENCH_PROFILER_PPROF_TABLE_SWITCH_H_
#define BENCH_PROFILER_PPROF_TABLE_SWITCH_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/error.h"

namespace bench_profiler {

// Samples at `rate` from now on, or not any more if it is 0. A negative rate
// changes nothing. While a flag has set the rate, it cannot be changed. Returns
// the rate before, which is 0 if the table was off.
int64_t SetTableRate(size_t kind, int64_t rate);

// Returns why there is nothing to write.
Error WhyOff(size_t kind);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_TABLE_SWITCH_H_
