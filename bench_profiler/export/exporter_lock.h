// Lets one thread at a time into the exporter, in each process.
//
//   const ExporterLock lock;
//   if (lock.WasTorn()) ...   // begin anew
//
// A child of fork(2) may find the lock taken by a thread that does not exist
// there, and nobody tells the exporter of a fork, since handlers of
// pthread_atfork(3) belong to the libc of one linker namespace. So the lock has
// the number of the process that holds it. If that is another process, the lock
// is free.
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

  // Returns whether this process was forked while another thread held the lock,
  // so that what it protects may be half changed. Returns true only once.
  bool WasTorn() const { return was_torn_; }

 private:
  bool was_torn_ = false;
};

// The process in which the lock was taken last, or 0. Makes no system call.
pid_t ExporterProcess();

// Tells ExporterProcess() after a call of a function of the program's, which
// may have forked: the child returns from it, and takes the lock only later.
void NoteExporterProcess();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_EXPORT_EXPORTER_LOCK_H_
