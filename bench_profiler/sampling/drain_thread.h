// A thread that keeps the buffers of samples from getting full while a profile
// runs for long and nobody drains it.
//
//   KeepDraining(Drain);   // once a second from now on, until it returns false
//
// Only for programs that have threads of their own: with a second thread,
// malloc, shared_ptr and stdio of a single-threaded program would take their
// slower paths (__libc_single_threaded).
#ifndef BENCH_PROFILER_SAMPLING_DRAIN_THREAD_H_
#define BENCH_PROFILER_SAMPLING_DRAIN_THREAD_H_

namespace bench_profiler {

// Starts the thread. It handles no signals. Returns whether it could be made.
bool KeepDraining(bool (*drain)());

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_DRAIN_THREAD_H_
