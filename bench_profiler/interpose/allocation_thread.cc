#include "bench_profiler/interpose/allocation_thread.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <new>
#include <type_traits>

namespace bench_profiler {
namespace {

constexpr size_t kSlab = 64 * 1024;

// The owner of an entry while it is being retired. No thread has this number.
constexpr pid_t kRetiring = -1;

// All threads for which there was no memory share this entry.
struct NeverSampled : AllocationThread {
  NeverSampled() { Ignore(1); }
};
static_assert(std::is_trivially_destructible_v<NeverSampled>);

AllocationThread* Fallback() {
  static NeverSampled thread;
  return &thread;
}

bool IsGone(pid_t tid) {
  return syscall(SYS_tgkill, getpid(), tid, 0) != 0 && errno == ESRCH;
}

}  // namespace

std::atomic<AllocationThread*> AllocationThread::all{nullptr};
std::atomic<AllocationThread*> AllocationThread::listed{nullptr};
__thread AllocationThread* AllocationThread::current = nullptr;

// Looks at the next few entries, and takes over one whose thread has died. Each
// new thread goes on where the last one stopped, so that all entries have their
// turn.
AllocationThread* AllocationThread::Reuse(pid_t tid) {
  constexpr int kTries = 8;
  static std::atomic<AllocationThread*> cursor{nullptr};
  AllocationThread* thread = cursor.load(std::memory_order_acquire);
  for (int i = 0; i < kTries; ++i) {
    if (thread == nullptr) thread = all.load(std::memory_order_acquire);
    if (thread == nullptr) return nullptr;
    pid_t gone = thread->owner.load(std::memory_order_relaxed);
    if ((gone == 0 || IsGone(gone)) &&
        thread->owner.compare_exchange_strong(gone, tid)) {
      cursor.store(thread->next, std::memory_order_release);
      thread->stack_low = thread->stack_high = 0;
      thread->is_new = true;
      thread->ignoring_.store(0);  // as a fork may have left it
      thread->timed = {};
      thread->others_are_for = kNothing;
      thread->LeaveRun();  // if the former one died inside of a run
      return thread;
    }
    thread = thread->next;
  }
  cursor.store(thread, std::memory_order_release);
  return nullptr;
}

AllocationThread* AllocationThread::NewSlab(pid_t tid) {
  void* slab = mmap(nullptr, kSlab, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (slab == MAP_FAILED) return nullptr;
  constexpr size_t kEntries = kSlab / sizeof(AllocationThread);
  auto* thread = static_cast<AllocationThread*>(slab);
  for (size_t i = 0; i < kEntries; ++i) {
    new (thread + i) AllocationThread;
    if (i > 0) thread[i - 1].next = thread + i;
  }
  thread->owner.store(tid, std::memory_order_relaxed);
  AllocationThread** last = &thread[kEntries - 1].next;
  *last = all.load(std::memory_order_relaxed);
  while (!all.compare_exchange_weak(*last, thread, std::memory_order_acq_rel)) {
  }
  return thread;
}

// Puts the entry at the head of the list. Only RetireDead removes entries.
void AllocationThread::List() {
  if (is_listed_) return;
  is_listed_ = true;
  older_ = listed.load(std::memory_order_relaxed);
  while (
      !listed.compare_exchange_weak(older_, this, std::memory_order_acq_rel)) {
  }
}

AllocationThread* AllocationThread::Enroll() {
  const int saved_errno = errno;
  const auto tid = static_cast<pid_t>(syscall(SYS_gettid));
  AllocationThread* thread = Reuse(tid);
  if (thread == nullptr) thread = NewSlab(tid);
  if (thread != nullptr) thread->List();
  errno = saved_errno;
  return current = thread != nullptr ? thread : Fallback();
}

void AllocationThread::AdoptInChild() {
  if (current == nullptr) return;
  current->owner.store(static_cast<pid_t>(syscall(SYS_gettid)));
}

// The head of the list is left alone, since a new thread may be about to put
// its entry in front of it.
void AllocationThread::RetireDead(void (*last_words)(AllocationThread*)) {
  const int saved_errno = errno;
  AllocationThread* previous = listed.load(std::memory_order_acquire);
  while (previous != nullptr && previous->older_ != nullptr) {
    AllocationThread* thread = previous->older_;
    pid_t gone = thread->owner.load(std::memory_order_relaxed);
    // Whoever succeeds in changing the owner gets the entry, a new thread or
    // this one.
    if (thread != current && IsGone(gone) &&
        thread->owner.compare_exchange_strong(gone, kRetiring)) {
      previous->older_ = thread->older_;
      last_words(thread);
      thread->is_listed_ = false;
      thread->owner.store(0, std::memory_order_release);
    } else {
      previous = thread;
    }
  }
  errno = saved_errno;
}

}  // namespace bench_profiler
