#include "bench_profiler/interpose/interrupted_call.h"

#include <errno.h>
#include <sys/syscall.h>

#include <cstdint>
#include <cstring>

namespace bench_profiler {

#ifdef __x86_64__
namespace {

// Those that change nothing if they return EINTR, so that nothing is done
// twice. (close(2), for one, has closed the file then.)
bool MayBeginAgain(uint32_t number) {
  switch (number) {
    case SYS_accept:
    case SYS_accept4:
    case SYS_clock_nanosleep:
    case SYS_epoll_pwait:
#ifdef SYS_epoll_pwait2
    case SYS_epoll_pwait2:
#endif
    case SYS_epoll_wait:
    case SYS_futex:
    case SYS_io_getevents:
#ifdef SYS_io_pgetevents
    case SYS_io_pgetevents:
#endif
    case SYS_msgrcv:
    case SYS_msgsnd:
    case SYS_nanosleep:
    case SYS_pause:
    case SYS_poll:
    case SYS_ppoll:
    case SYS_pselect6:
    case SYS_read:
    case SYS_recvfrom:
    case SYS_recvmmsg:
    case SYS_recvmsg:
    case SYS_rt_sigsuspend:
    case SYS_rt_sigtimedwait:
    case SYS_select:
    case SYS_semop:
    case SYS_semtimedop:
    case SYS_sendmsg:
    case SYS_sendto:
    case SYS_write:
      return true;
    default:
      return false;
  }
}

}  // namespace

void ContinueSystemCall(ucontext_t* context) {
  auto& registers = context->uc_mcontext.gregs;
  if (registers[REG_RAX] != -EINTR) return;
  // mov $number,%eax; syscall. The number is not in a register any more, so
  // that it must be in the code, as it is in nearly all functions of glibc.
  constexpr uintptr_t kSize = 7;
  constexpr uintptr_t kPage = 4096;
  constexpr uint8_t kMoveToEax = 0xb8;
  constexpr uint8_t kSyscall[] = {0x0f, 0x05};
  const auto pc = static_cast<uintptr_t>(registers[REG_RIP]);
  // Only the page of the next instruction is known to be there.
  if (pc % kPage < kSize) return;
  uint8_t code[kSize];
  std::memcpy(code, reinterpret_cast<const void*>(pc - kSize), kSize);
  uint32_t number;
  std::memcpy(&number, code + 1, sizeof(number));
  if (code[0] != kMoveToEax || code[5] != kSyscall[0] ||
      code[6] != kSyscall[1] || !MayBeginAgain(number)) {
    return;
  }
  registers[REG_RAX] = number;
  registers[REG_RIP] -= sizeof(kSyscall);
}
#else
void ContinueSystemCall(ucontext_t*) {}
#endif

}  // namespace bench_profiler
