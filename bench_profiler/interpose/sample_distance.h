// Draws which bytes of the stream of allocated bytes are sampled.
//
//   uint64_t state = 0;                     // one for each thread
//   countdown.Arm(DrawDistance(mean_bytes, &state));
#ifndef BENCH_PROFILER_INTERPOSE_SAMPLE_DISTANCE_H_
#define BENCH_PROFILER_INTERPOSE_SAMPLE_DISTANCE_H_

#include <cstdint>

namespace bench_profiler {

// The distance to the next point of a Poisson process: exponential with mean
// `mean_bytes`, by inversion. What AllocationCountdown::Arm wants: the smallest
// number of bytes that reaches beyond the point. With a mean of 1 every block
// is drawn. `*state` is the random generator's; 0 at first.
uint64_t DrawDistance(int64_t mean_bytes, uint64_t* state);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_SAMPLE_DISTANCE_H_
