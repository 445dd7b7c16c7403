// Draws at random which of the bytes that a thread allocates are sampled.
//
//   uint64_t state = 0;                     // one for each thread
//   countdown.Arm(DrawDistance(mean_bytes, &state));
#ifndef BENCH_PROFILER_INTERPOSE_SAMPLE_DISTANCE_H_
#define BENCH_PROFILER_INTERPOSE_SAMPLE_DISTANCE_H_

#include <cstdint>

namespace bench_profiler {

// Draws the distance to the next point of a Poisson process, which is
// exponential with mean `mean_bytes`, by inversion. Rounded up to the number of
// bytes that reaches beyond the point, as AllocationCountdown::Arm needs it.
// With a mean of 1 every block is drawn. `*state` belongs to the random
// generator and has to be 0 at first.
uint64_t DrawDistance(int64_t mean_bytes, uint64_t* state);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_SAMPLE_DISTANCE_H_
