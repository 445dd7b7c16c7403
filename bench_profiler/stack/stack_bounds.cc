#include "bench_profiler/stack/stack_bounds.h"

#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench_profiler/platform/readable_memory.h"

// The stack pointer when the program started, as the dynamic linker noted it.
extern "C" void* __libc_stack_end;  // NOLINT(readability-identifier-naming)

namespace bench_profiler {
namespace {

constexpr uintptr_t kMaxPages = 64;

uintptr_t PageOf(uintptr_t address) { return address & ~(kPageSize - 1); }

// glibc keeps a thread's control block, which pthread_self() points to, at the
// end of its stack.
uintptr_t StackEnd() {
  const bool is_main = syscall(SYS_gettid) == getpid();
  return is_main ? reinterpret_cast<uintptr_t>(__libc_stack_end)
                 : static_cast<uintptr_t>(pthread_self());
}

}  // namespace

StackBounds FindStackBounds(uintptr_t stack_pointer) {
  const uintptr_t low = PageOf(stack_pointer);
  const uintptr_t high = StackEnd();
  if (low >= high || high - low > kMaxPages * kPageSize) return {};
  for (uintptr_t page = low; page < high; page += kPageSize) {
    if (!IsReadable(page)) return {};
  }
  return {low, high};
}

void ExtendBounds(uintptr_t stack_pointer, StackBounds* bounds) {
  const uintptr_t page = PageOf(stack_pointer);
  if (page >= bounds->low || bounds->low - page > kMaxPages * kPageSize) return;
  while (page < bounds->low && IsReadable(bounds->low - kPageSize)) {
    bounds->low -= kPageSize;
  }
}

}  // namespace bench_profiler
