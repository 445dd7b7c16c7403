// Keeps the profiler's own frames out of the program's profiles.
#ifndef BENCH_PROFILER_PPROF_OWN_CODE_H_
#define BENCH_PROFILER_PPROF_OWN_CODE_H_

namespace bench_profiler {

// Must be called before any sampling. Only the first call does something.
void HideOwnCode();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_OWN_CODE_H_
