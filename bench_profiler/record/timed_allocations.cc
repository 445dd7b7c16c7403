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

// Dead threads are retired when a run begins, and again each time that it was
// timed so many times, since it may have started threads meanwhile.
constexpr int kTimesBetweenSearches = 64;
std::atomic<int> times_to_search{0};

// The value when the first thread became timed.
AllocationCounter helpers_start;

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
  if (first) helpers_start.Store(OutsideOfRuns());
  AllocationThread* thread = AllocationThread::Current();
  thread->timed_start = thread->countdown.Counts();
}

void OnTimedEnd(bool last) {
  AllocationThread* thread = AllocationThread::Current();
  thread->timed =
      thread->timed + thread->countdown.Counts() - thread->timed_start;
  if (last) {
    thread->timed = thread->timed + OutsideOfRuns() - helpers_start.Load();
  }
}

void PrepareToCountTimed() {
  if (!CountingAllocations() ||
      times_to_search.fetch_sub(1, std::memory_order_relaxed) > 0) {
    return;
  }
  times_to_search.store(kTimesBetweenSearches, std::memory_order_relaxed);
  const ListLock lock;
  AllocationThread::RetireDead([](AllocationThread* thread) {
    of_the_dead = of_the_dead + thread->Outside();
    thread->SettleOutside();
  });
}

AllocationCounts TakeTimedAllocations() {
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
