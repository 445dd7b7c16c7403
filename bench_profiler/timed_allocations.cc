#include "bench_profiler/timed_allocations.h"

#include <atomic>

#include "bench_profiler/allocations.h"
#include "bench_profiler/hooks/allocation_thread.h"
#include "bench_profiler/hooks/observed_allocator.h"

namespace bench_profiler {
namespace {

std::atomic<bool> counting{false};

AllocationCounts operator+(AllocationCounts a, AllocationCounts b) {
  return {a.allocations + b.allocations, a.bytes + b.bytes};
}

AllocationCounts operator-(AllocationCounts a, AllocationCounts b) {
  return {a.allocations - b.allocations, a.bytes - b.bytes};
}

// What all threads counted outside of runs, ever: between two calls, while
// nobody enters or leaves a run, it grows by what the helpers count.
AllocationCounts OutsideOfRuns() {
  AllocationCounts sum;
  AllocationThread::ForEach([&sum](const AllocationThread& thread) {
    const bool in_run = thread.in_run.load(std::memory_order_relaxed);
    sum = sum + (in_run ? thread.at_entry.Load() : thread.countdown.Counts()) -
          thread.in_runs.Load();
  });
  return sum;
}

// When the first thread became timed.
AllocationCounter helpers_start;

}  // namespace

const char* StartCountingAllocations() {
  const char* why_not = CountAllocations();
  counting.store(why_not == nullptr);
  return why_not;
}

void StopCountingAllocations() { counting.store(false); }

bool CountingAllocations() { return counting.load(std::memory_order_relaxed); }

void OnRunEntered() {
  AllocationThread* thread = AllocationThread::Current();
  thread->at_entry.Store(thread->countdown.Counts());
  thread->in_run.store(true, std::memory_order_relaxed);
}

void OnRunLeft() {
  AllocationThread* thread = AllocationThread::Current();
  thread->in_runs.Store(thread->in_runs.Load() + thread->countdown.Counts() -
                        thread->at_entry.Load());
  thread->in_run.store(false, std::memory_order_relaxed);
}

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
