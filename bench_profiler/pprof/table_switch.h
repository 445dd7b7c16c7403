// Turns tables on and off as the program asks for it.
//
//   int64_t before = SetTableRate(kind, 4096);
//   ...
//   if (TakeSnapshot(kind, &set)) return WhyOff(kind);
//
// `kind` is an index into Kinds(). From any thread.
#ifndef BENCH_PROFILER_PPROF_TABLE_SWITCH_H_
#define BENCH_PROFILER_PPROF_TABLE_SWITCH_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/error.h"

namespace bench_profiler {

// Samples at `rate` from now on, 0: no more. A negative rate changes nothing,
// nor does any while a flag has set one. Returns the rate before, 0: it was
// off.
int64_t SetTableRate(size_t kind, int64_t rate);

// Why there is nothing to write.
Error WhyOff(size_t kind);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_TABLE_SWITCH_H_
