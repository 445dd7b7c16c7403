// One thread at a time in the exporter, in each process.
//
//   const ExporterLock lock;
//   if (lock.WasTorn()) ...   // begin anew
//
// A child of fork(2) may find it taken by a thread that is not in the child,
// and nobody tells the exporter of a fork: handlers of pthread_atfork(3) belong
// to the libc of one linker namespace. So the lock has the number of the
// process that holds it, and that of another process holds nothing.
#ifndef BENCH_PROFILER_EXPORT_EXPORTER_LOCK_H_
#define BENCH_PROFILER_EXPORT_EXPORTER_LOCK_H_

#include <sys/types.h>

namespace bench_profiler {

class ExporterLock {
 public:
  ExporterLock();
  ~ExporterLock();
  ExporterLock(const ExporterLock&) = delete;
  ExporterLock& operator=(const ExporterLock&) = delete;

  // Whether this process was forked while another thread held the lock: what
  // the lock protects may be half changed. Told once.
  bool WasTorn() const { return was_torn_; }

 private:
  bool was_torn_ = false;
};

// The process that the lock was last taken in, 0 if it never was. No system
// call.
pid_t ExporterProcess();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_EXPORT_EXPORTER_LOCK_H_
