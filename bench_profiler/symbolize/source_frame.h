// A function at a line, as debug information and symbol tables tell.
#ifndef BENCH_PROFILER_SYMBOLIZE_SOURCE_FRAME_H_
#define BENCH_PROFILER_SYMBOLIZE_SOURCE_FRAME_H_

#include "bench_profiler/profile/profile.h"

namespace bench_profiler {

struct SourceFrame : Function {
  int64_t line = 0;  // 0 if unknown
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_SOURCE_FRAME_H_
