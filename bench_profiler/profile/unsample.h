// From what was drawn to what there was.
//
//   UnsampleHeap(rows.data(), rows.size());
//
// Plain arithmetic, for rows of ProfileType::unsample: neither allocates nor
// locks.
#ifndef BENCH_PROFILER_PROFILE_UNSAMPLE_H_
#define BENCH_PROFILER_PROFILE_UNSAMPLE_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

// A block of s bytes is drawn with the probability p = 1 - exp(-s / rate)
// (observed_allocator.h), so each one that was drawn stands for 1 / p blocks
// and s / p bytes: the estimator of Horvitz and Thompson, "A generalization of
// sampling without replacement from a finite universe", JASA 47 (1952), free of
// bias for every size. Go's scaleHeapSample (runtime/pprof/protomem.go) is the
// same.
//
// This is 1 / p of a block of `size` bytes; 1 if every block is drawn
// (rate <= 1).
double BlocksPerSample(uint64_t size, int64_t rate);

// Of rows whose values 0 and 2 are numbers of blocks of SampleRow::size bytes
// that were drawn: estimates these numbers, and sets the values 1 and 3 to the
// bytes. Numbers of blocks are whole; what rounding one row takes away is given
// to the next, so that sums over many small rows stay right.
void UnsampleHeap(SampleRow* rows, size_t size);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PROFILE_UNSAMPLE_H_
