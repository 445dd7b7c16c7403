// Forbids a process to open sockets, as sandboxes do.
//
//   ForbidSockets();    // for ever, also in programs that it executes
#ifndef BENCH_PROFILER_TESTS_HTTP_FORBID_SOCKETS_H_
#define BENCH_PROFILER_TESTS_HTTP_FORBID_SOCKETS_H_

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cstddef>

namespace bench_profiler {

// From now on, socket(2) fails with EPERM in this process.
inline void ForbidSockets() {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  const sock_fprog program = {4, filter};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_HTTP_FORBID_SOCKETS_H_
