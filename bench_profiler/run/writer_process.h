// Writes the profiles in a copy of this process. What goes wrong there, such as
// a lack of memory, a small stack or a lock that another thread holds, does no
// harm to the program.
//
//   PrepareWriter();                         // at the start
//   WriterResult result = RunWriter(Write, &signal, false);
//   if (result.ended) ...                    // result.status as of waitpid(2)
#ifndef BENCH_PROFILER_RUN_WRITER_PROCESS_H_
#define BENCH_PROFILER_RUN_WRITER_PROCESS_H_

#include <atomic>

namespace bench_profiler {

// Reserves the stack for RunWriter, since the caller's may have 16 KiB only. If
// this is the first thread of the process, write() will find the thread-local
// variables of this thread, whichever thread calls RunWriter. So what has to be
// made ready for write() in a thread is made ready in this one. If this was not
// called, RunWriter uses the caller's stack and variables.
void PrepareWriter();

struct WriterResult {
  bool started = false;  // else there can be no further process
  bool ended = false;    // by itself; `status` is that of waitpid(2)
  int status = 0;
};

// Runs write() in a child process, whose exit status is what it returns, and
// waits for the end of it: no longer than a minute once *hurry is not 0, or if
// the child may hang. While *hurry is not 0, a call in the child that waits for
// others, such as the reader of a pipe, fails with EINTR ten times a second.
// Async-signal-safe. write() must not take a lock that the program may hold.
WriterResult RunWriter(int (*write)(), const std::atomic<int>* hurry,
                       bool may_hang);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_WRITER_PROCESS_H_
