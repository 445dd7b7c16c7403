// Estimates what there was from the samples that were drawn.
//
//   UnsampleHeap(rows.data(), rows.size());
//
// Plain arithmetic on rows, for ProfileType::unsample. It neither allocates nor
// locks.
#ifndef BENCH_PROFILER_PROFILE_UNSAMPLE_H_
#define BENCH_PROFILER_PROFILE_UNSAMPLE_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

// A block of s bytes is drawn with the probability p = 1 - exp(-s / rate)
// (observed_allocator.h). So each block that was drawn stands for 1 / p blocks
// and s / p bytes. This is the estimator of Horvitz and Thompson, "A
// generalization of sampling without replacement from a finite universe", JASA
// 47 (1952), which is unbiased for every size. Go's scaleHeapSample
// (runtime/pprof/protomem.go) does the same.
//
// Returns 1 / p for a block of `size` bytes, or 1 if every block is drawn (rate
// <= 1).
double BlocksPerSample(uint64_t size, int64_t rate);

// The values 0 and 2 of the rows are how many blocks of SampleRow::size bytes
// were drawn. This replaces them by estimates, and sets the values 1 and 3 to
// the bytes. Numbers of blocks are whole. What is lost by rounding in one row
// is added in the next one, so that sums over many small rows stay right.
void UnsampleHeap(SampleRow* rows, size_t size);

// The value 0 of the rows counts contentions in units of 1/1024, since one that
// was kept with a chance of p stands for 1 / p. This makes whole numbers of
// them, whose sum is right as above.
void UnsampleContentions(SampleRow* rows, size_t size);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_UNSAMPLE_H_
