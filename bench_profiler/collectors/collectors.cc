// The collectors of all kinds.
#include "bench_profiler/collectors/collector.h"

namespace bench_profiler {

#define BENCH_PROFILER_KIND(name) Collector* The##name##Collector();
#include "bench_profiler/collectors/kinds.def"
#undef BENCH_PROFILER_KIND

Collector* CollectorOf(size_t kind) {
  constexpr Collector* (*kCollectors[])() = {
#define BENCH_PROFILER_KIND(name) The##name##Collector,
#include "bench_profiler/collectors/kinds.def"
#undef BENCH_PROFILER_KIND
  };
  return kCollectors[kind]();
}

}  // namespace bench_profiler
