// Sums of values that a file may have chosen to be too large for 64 bits: they
// wrap around, as processors do, where C++ says nothing.
//
//   total = WrappingSum(total, sample.values[0]);
#ifndef BENCH_PROFILER_HTML_WRAPPING_SUM_H_
#define BENCH_PROFILER_HTML_WRAPPING_SUM_H_

#include <cstdint>

namespace bench_profiler {

inline int64_t WrappingSum(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) +
                              static_cast<uint64_t>(b));
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTML_WRAPPING_SUM_H_
