#include "bench_profiler/record/timed_allocations.h"

#include <sched.h>

#include <atomic>

#include "bench_profiler/allocations.h"
#include "bench_profiler/interpose/allocation_thread.h"
#include "bench_profiler/interpose/observed_allocator.h"
#include "bench_profiler/platform/fork_events.h"

namespace bench_profiler {
namespace {

std::atomic<bool> counting{false};

std::atomic<bool> list_locked{false};

// Held for as long as it takes to look at all live threads. Never taken in a
// forked child, which does not count (StopCounting).
class ListLock {
 public:
  ListLock() {
    while (list_locked.exchange(true, std::memory_order_acquire)) sched_yield();
  }
  ~ListLock() { list_locked.store(false, std::memory_order_release); }
  ListLock(const ListLock&) = delete;
  ListLock& operator=(const ListLock&) = delete;
};

AllocationCounts of_the_dead;  // ListLock's

// What all threads have ever counted outside of runs. Between two calls, while
// nobody enters or leaves a run, it grows by what the helper threads count.
// Reads a cache line of each live thread, and does nothing if there is only
// one.
AllocationCounts OutsideOfRuns() {
  const ListLock lock;
  AllocationCounts sum = of_the_dead;
  AllocationThread::ForEach(
      [&sum](const AllocationThread& thread) { sum = sum + thread.Outside(); });
  return sum;
}

constexpr int kTimesBetweenSearches = 64;
std::atomic<int> times_to_search{0};

// The value when the first thread became timed.
AllocationCounter helpers_start;

// Whether a thread is timed. Only a hint: threads that start and end at the
// same time may leave it wrong, until the next one does.
std::atomic<bool> being_timed{false};

// Dead threads are retired when a run begins, and again each time that it was
// timed so many times, since it may have started threads meanwhile.
void RetireDeadThreads() {
  if (times_to_search.fetch_sub(1, std::memory_order_relaxed) > 0) return;
  times_to_search.store(kTimesBetweenSearches, std::memory_order_relaxed);
  const ListLock lock;
  AllocationThread::RetireDead([](AllocationThread* thread) {
    of_the_dead = of_the_dead + thread->Outside();
    thread->SettleOutside();
  });
}

}  // namespace

Error StartCountingAllocations() {
  static constexpr ForkHandlers kForkHandlers = {nullptr, nullptr,
                                                 StopCountingAllocations};
  AddForkHandlers(&kForkHandlers);
  const Error error = CountAllocations();
  counting.store(!error);
  return error;
}

// Async-signal-safe: a store.
void StopCountingAllocations() { counting.store(false); }

bool CountingAllocations() { return counting.load(std::memory_order_relaxed); }

void OnRunEntered() {
  AllocationThread::Current()->EnterRun();
  times_to_search.store(0, std::memory_order_relaxed);
}

void OnRunLeft() { AllocationThread::Current()->LeaveRun(); }

void OnTimedStart(bool first) {
  FinishCountingTimed();  // if nobody has
  AllocationThread* thread = AllocationThread::Current();
  if (first) {
    helpers_start.Store(thread->others_are_for == AllocationThread::kBegins
                            ? thread->others
                            : OutsideOfRuns());
    being_timed.store(true, std::memory_order_relaxed);
  }
  thread->others_are_for = AllocationThread::kNothing;
  thread->timed_start = thread->countdown.Counts();
}

void OnTimedEnd(bool last) {
  AllocationThread* thread = AllocationThread::Current();
  thread->timed =
      thread->timed + thread->countdown.Counts() - thread->timed_start;
  if (last) {
    being_timed.store(false, std::memory_order_relaxed);
    thread->others = helpers_start.Load();
    thread->others_are_for = AllocationThread::kHasEnded;
  }
}

void PrepareToCountTimed(bool starts_at_once) {
  if (!CountingAllocations()) return;
  FinishCountingTimed();
  RetireDeadThreads();
  // If another thread is timed, this one will not be the first, and looking at
  // all of them would slow them down.
  if (!starts_at_once || being_timed.load(std::memory_order_relaxed)) return;
  AllocationThread* thread = AllocationThread::Current();
  thread->others = OutsideOfRuns();
  thread->others_are_for = AllocationThread::kBegins;
}

void FinishCountingTimed() {
  if (!CountingAllocations()) return;
  AllocationThread* thread = AllocationThread::Current();
  if (thread->others_are_for != AllocationThread::kHasEnded) return;
  thread->others_are_for = AllocationThread::kNothing;
  thread->timed = thread->timed + OutsideOfRuns() - thread->others;
}

AllocationCounts TakeTimedAllocations() {
  FinishCountingTimed();
  AllocationThread* thread = AllocationThread::Current();
  const AllocationCounts taken = thread->timed;
  thread->timed = {};
  return taken;
}

HiddenAllocations::HiddenAllocations() {
  AllocationThread::Current()->Ignore(1);
}

HiddenAllocations::~HiddenAllocations() {
  AllocationThread::Current()->Ignore(-1);
}

}  // namespace bench_profiler
