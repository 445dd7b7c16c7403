// In which order the two programs of a comparison run.
//
//   for (int pair = 0; pair < 10; ++pair) {
//     if (OldRunsFirst(seed, pair)) ...
//   }
//
// One run of each is a pair. Two pairs are a block, and that is old, new, new,
// old or its reverse, as a coin falls: a machine that gets slower all the time
// then costs both programs the same, and one that is slow now and then costs
// neither of them more in the long run.
#ifndef BENCH_PROFILER_COMMAND_RUN_ORDER_H_
#define BENCH_PROFILER_COMMAND_RUN_ORDER_H_

#include <cstdint>

namespace bench_profiler {

// The same on all machines for the same seed. Pairs count from 0.
bool OldRunsFirst(uint64_t seed, int pair);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_RUN_ORDER_H_
