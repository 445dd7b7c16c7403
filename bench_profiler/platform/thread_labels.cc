#include "bench_profiler/platform/thread_labels.h"

namespace bench_profiler {

__thread uint32_t thread_labels = 0;

}  // namespace bench_profiler
