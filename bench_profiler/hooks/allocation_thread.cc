#include "bench_profiler/hooks/allocation_thread.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <new>

namespace bench_profiler {
namespace {

constexpr size_t kSlab = 64 * 1024;

// Stands in for all threads for which there is no memory: never sampled.
AllocationThread* Fallback() {
  alignas(AllocationThread) static char storage[sizeof(AllocationThread)];
  static AllocationThread* thread = [] {
    auto* fallback = new (storage) AllocationThread;
    fallback->Ignore(1);
    return fallback;
  }();
  return thread;
}

bool IsGone(pid_t tid) {
  return syscall(SYS_tgkill, getpid(), tid, 0) != 0 && errno == ESRCH;
}

// Takes the entry of a thread that is gone, if one of the next few is. Each new
// thread looks a little further, so that in the end all are found.
AllocationThread* Reuse(AllocationThread* first, pid_t tid) {
  constexpr int kTries = 8;
  static std::atomic<AllocationThread*> cursor{nullptr};
  AllocationThread* thread = cursor.load(std::memory_order_relaxed);
  for (int i = 0; i < kTries; ++i) {
    if (thread == nullptr) thread = first;
    if (thread == nullptr) return nullptr;
    pid_t owner = thread->owner.load(std::memory_order_relaxed);
    if ((owner == 0 || IsGone(owner)) &&
        thread->owner.compare_exchange_strong(owner, tid)) {
      cursor.store(thread->next, std::memory_order_relaxed);
      thread->stack_low = thread->stack_high = 0;
      return thread;
    }
    thread = thread->next;
  }
  cursor.store(thread, std::memory_order_relaxed);
  return nullptr;
}

}  // namespace

std::atomic<AllocationThread*> AllocationThread::all{nullptr};
__thread AllocationThread* AllocationThread::current = nullptr;

AllocationThread* AllocationThread::Enroll() {
  const int saved_errno = errno;
  const auto tid = static_cast<pid_t>(syscall(SYS_gettid));
  AllocationThread* thread = Reuse(all.load(std::memory_order_acquire), tid);
  if (thread == nullptr) {
    void* slab = mmap(nullptr, kSlab, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (slab == MAP_FAILED) {
      errno = saved_errno;
      return current = Fallback();
    }
    constexpr size_t kEntries = kSlab / sizeof(AllocationThread);
    thread = static_cast<AllocationThread*>(slab);
    for (size_t i = 0; i < kEntries; ++i) {
      new (thread + i) AllocationThread;
      if (i > 0) thread[i - 1].next = thread + i;
    }
    thread->owner.store(tid, std::memory_order_relaxed);
    AllocationThread** last = &thread[kEntries - 1].next;
    *last = all.load(std::memory_order_relaxed);
    while (
        !all.compare_exchange_weak(*last, thread, std::memory_order_acq_rel)) {
    }
  }
  errno = saved_errno;
  return current = thread;
}

}  // namespace bench_profiler
