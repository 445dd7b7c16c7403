// What another thread of this process is doing, as the kernel knows it.
//
//   const ThreadState state = ReadThreadState(tid);
//   if (state.is_waiting()) ...   // state.system_call, .pc, .stack_pointer
//
// The thread notices nothing of it: it is not stopped and gets no signal.
// Nothing here uses malloc or a lock.
#ifndef BENCH_PROFILER_PLATFORM_THREAD_STATE_H_
#define BENCH_PROFILER_PLATFORM_THREAD_STATE_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

namespace bench_profiler {

struct ThreadState {
  enum class Kind {
    kUnknown,  // there is no such thread, or the kernel does not tell
    kRunning,  // on a CPU, or waiting for one
    kWaiting,
  };

  bool is_waiting() const { return kind == Kind::kWaiting; }

  Kind kind = Kind::kUnknown;
  // The rest is of threads that wait.
  long system_call = -1;  // its number; -1: in none, as in a page fault
  uintptr_t pc = 0;       // where it goes on
  uintptr_t stack_pointer = 0;
};

// Reads /proc/self/task/TID/syscall. A process may always read it of its own
// threads.
ThreadState ReadThreadState(pid_t tid);

// Understands a line of that file, such as
// "232 0x4 0x7ffd10 0x8 0xffffffff 0x0 0x0 0x7ffd00 0x7f1234" or "running".
ThreadState ParseThreadState(const char* line);

// The longest name of a thread that Linux knows has 15 characters.
inline constexpr size_t kThreadNameSize = 16;

// Stores the thread's name, or "" if there is no such thread.
void ReadThreadName(pid_t tid, char (&name)[kThreadNameSize]);

// Copies memory of this process that another thread may unmap meanwhile.
// Returns how much of it could be read. Async-signal-safe.
size_t CopyMemory(uintptr_t from, void* to, size_t size);

// Copies the variable of thread `tid` that the calling thread has at `mine`.
// It must be in initial-exec thread-local storage, which is at the same
// distance from the thread pointer in all threads. Returns false if there is no
// such thread, or one that the C library did not make. Async-signal-safe.
bool ReadFromThread(pid_t tid, const void* mine, void* to, size_t size);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_THREAD_STATE_H_
