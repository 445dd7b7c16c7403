// Keeps the profiler's own frames out of the program's profiles.
#ifndef BENCH_PROFILER_PPROF_OWN_CODE_H_
#define BENCH_PROFILER_PPROF_OWN_CODE_H_

namespace bench_profiler {

// Before any sampling. Once is enough, again does no harm.
void HideOwnCode();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_OWN_CODE_H_
