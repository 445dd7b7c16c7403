// Whether all benchmarks moved alike because the machine did: another host, a
// processor that got warm, a busy neighbour.
//
//   const double drift = MachineDrift(tests, old_side, new_side);
//   if (drift != 0) test.TakeOff(drift);
//
// It is taken for the machine's doing if at least 5 benchmarks were compared,
// their median moved by more than 2 %, and 8 of 10 moved the same way. A change
// that really slows everything looks the same: a library that all use, a
// compiler's flag. So nothing is taken off where the machine cannot be it:
// where processes of both sides ran in turns, as `compare` runs them, or the
// builds are of different types.
#ifndef BENCH_PROFILER_COMPARE_MACHINE_DRIFT_H_
#define BENCH_PROFILER_COMPARE_MACHINE_DRIFT_H_

#include <vector>

#include "bench_profiler/compare/process.h"

namespace bench_profiler {

// The median of `differences`, of logarithms of time, or 0.
double MachineDrift(std::vector<double> differences, const Side& old_side,
                    const Side& new_side);

// Whether one side did not run before the other as a whole.
bool RanInTurns(const Side& old_side, const Side& new_side);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_MACHINE_DRIFT_H_
