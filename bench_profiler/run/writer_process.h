// Writes the profiles in a process of its own: a copy of this one, so that what
// goes wrong there (no memory left, a small stack, a lock that another thread
// holds) does no harm to the program.
//
//   ReserveWriterStack();                    // at the start
//   WriterResult result = RunWriter(Write, &signal, false);
//   if (result.ended) ...                    // result.status as of waitpid(2)
#ifndef BENCH_PROFILER_RUN_WRITER_PROCESS_H_
#define BENCH_PROFILER_RUN_WRITER_PROCESS_H_

#include <atomic>

namespace bench_profiler {

// Reserves the stack that RunWriter runs on: the caller's may be that of a
// thread with 16 KiB. Without it the caller's is used.
void ReserveWriterStack();

struct WriterResult {
  bool started = false;  // else there can be no further process
  bool ended = false;    // by itself; `status` is that of waitpid(2)
  int status = 0;
};

// Runs write() in a child process, which ends with what it returns, and waits
// for it: a minute, once *hurry is not 0 or if it may hang. While *hurry is not
// 0, what waits for others in the child, as for the reader of a pipe, fails
// with EINTR ten times a second. Async-signal-safe; write() must take no lock
// that the program may hold.
WriterResult RunWriter(int (*write)(), const std::atomic<int>* hurry,
                       bool may_hang);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_WRITER_PROCESS_H_
