// Keeps a thread from being cancelled in our code.
//
//   { const NoCancellation no_cancellation; ... }
#ifndef BENCH_PROFILER_PPROF_NO_CANCELLATION_H_
#define BENCH_PROFILER_PPROF_NO_CANCELLATION_H_

#include <pthread.h>

namespace bench_profiler {

// While it lives, this thread cannot be cancelled: that would unwind its stack,
// in which some frames cannot be unwound, and leave a lock held. If somebody
// cancels it meanwhile, it is cancelled after the profile was written.
class NoCancellation {
 public:
  NoCancellation() { pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before_); }
  ~NoCancellation() { pthread_setcancelstate(before_, nullptr); }
  NoCancellation(const NoCancellation&) = delete;
  NoCancellation& operator=(const NoCancellation&) = delete;

 private:
  int before_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_NO_CANCELLATION_H_
