// BENCH_PROFILER_EXPORT marks what libbench_profiler.so offers to the glue that
// is compiled into a user's program. Everything else in it is hidden.
#ifndef BENCH_PROFILER_VISIBILITY_H_
#define BENCH_PROFILER_VISIBILITY_H_

#define BENCH_PROFILER_EXPORT __attribute__((visibility("default")))

#endif  // BENCH_PROFILER_VISIBILITY_H_
