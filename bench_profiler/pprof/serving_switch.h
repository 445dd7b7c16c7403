// What is recorded from then on when somebody begins to serve profiles.
#ifndef BENCH_PROFILER_PPROF_SERVING_SWITCH_H_
#define BENCH_PROFILER_PPROF_SERVING_SWITCH_H_

namespace bench_profiler {

// Counts the threads that are made from now on. Samples the heap, unless that
// is so already, or the program or the environment says otherwise. Only the
// first call does something. Thread-safe.
void TurnOnForServing();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_SERVING_SWITCH_H_
