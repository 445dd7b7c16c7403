#include "bench_profiler/platform/readable_memory.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bench_profiler {

bool IsReadable(uintptr_t address) {
  constexpr int kNoSuchHow = ~0;
  constexpr uintptr_t kMaskBytes = 8;
  const int saved_errno = errno;
  // syscall(2) only enters the kernel: it uses no lock and does not allocate.
  syscall(SYS_rt_sigprocmask, kNoSuchHow, address & ~(kMaskBytes - 1), nullptr,
          kMaskBytes);
  const bool readable = errno == EINVAL;
  errno = saved_errno;
  return readable;
}

}  // namespace bench_profiler
