// From the blocks that were drawn to what was allocated.
//
//   std::vector<SampleRow> rows = EstimateHeap(profile);
//
// A block of s bytes is drawn with the probability p = 1 - exp(-s / period)
// (observed_allocator.h), so each one that was drawn stands for 1 / p blocks
// and s / p bytes: the estimator of Horvitz and Thompson, "A generalization of
// sampling without replacement from a finite universe", JASA 47 (1952), free of
// bias for every size. Go's scaleHeapSample (runtime/pprof/protomem.go) is the
// same.
#ifndef BENCH_PROFILER_PROFILE_HEAP_ESTIMATES_H_
#define BENCH_PROFILER_PROFILE_HEAP_ESTIMATES_H_

#include <cstdint>
#include <vector>

#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

// 1 / p for a block of `size` bytes; 1 if every block is drawn (period <= 1).
double BlocksPerSample(uint64_t size, int64_t period);

// The rows of a heap profile with all of their values set. Numbers of blocks
// are whole; what rounding one row takes away is given to the next, so that
// sums over many small rows stay right.
std::vector<SampleRow> EstimateHeap(const ProfileData& profile);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_HEAP_ESTIMATES_H_
