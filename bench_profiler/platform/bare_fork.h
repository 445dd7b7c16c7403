// fork(2) and nothing else, for a child that only saves and ends.
//
//   const pid_t child = BareFork();   // as fork
//   if (child == 0) _exit(Save());
#ifndef BENCH_PROFILER_PLATFORM_BARE_FORK_H_
#define BENCH_PROFILER_PLATFORM_BARE_FORK_H_

#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <csignal>

namespace bench_profiler {

// Async-signal-safe: the system call of fork, with neither the handlers of
// pthread_atfork nor the locks of malloc and stdio that fork(3) takes. It is
// what glibc's _Fork does, which comes with 2.34, less what the child can do
// without:
// - glibc's copy of the thread's id stays the parent's. It serves to tell who
//   holds a recursive mutex, and the child's only thread is the one that held
//   the mutexes of its parent. raise, abort and getpid ask the kernel.
// - The kernel forgets the thread's list of robust mutexes: one that the child
//   held at its end would not be handed on. It takes none.
// - Timers are not inherited (timer_create(2)).
// Stack and thread pointer stay, since all arguments but the signal are zero,
// in whatever order an architecture takes them.
inline pid_t BareFork() {
  return static_cast<pid_t>(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_BARE_FORK_H_
