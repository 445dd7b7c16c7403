// What the allocator hooks know of each thread.
//
//   AllocationThread* thread = AllocationThread::Current();
//   AllocationThread::ForEach([](const AllocationThread& thread) { ... });
//
// Lives in pages of our own and not in a thread-local object: a thread may
// allocate until its very end, after the destructors of all those have run.
// Entries are used again when the system knows the thread no more, and their
// counters go on.
#ifndef BENCH_PROFILER_HOOKS_ALLOCATION_THREAD_H_
#define BENCH_PROFILER_HOOKS_ALLOCATION_THREAD_H_

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/allocations.h"

namespace bench_profiler {

// Numbers that one thread changes and others read.
class AllocationCounter {
 public:
  AllocationCounts Load() const {
    return {allocations_.load(std::memory_order_relaxed),
            bytes_.load(std::memory_order_relaxed)};
  }
  void Store(AllocationCounts counts) {
    allocations_.store(counts.allocations, std::memory_order_relaxed);
    bytes_.store(counts.bytes, std::memory_order_relaxed);
  }

 private:
  std::atomic<uint64_t> allocations_{0};
  std::atomic<uint64_t> bytes_{0};
};

// Counts a thread's allocations and, in the same step, down to its next sample:
// the hot part of every allocation. The owner changes it, others may read.
class AllocationCountdown {
 public:
  // Counts a block if it is no sample: if it ends before the next one.
  bool Pass(size_t size) {
    const uint64_t left = left_.load(std::memory_order_relaxed);
    if (__builtin_expect(size >= left, 0)) return false;
    left_.store(left - size, std::memory_order_relaxed);
    CountOne();
    return true;
  }

  // Counts a block that is a sample, or is not to be told apart.
  void CountSample(size_t size) {
    Grant(size);
    CountOne();
  }

  // Sets the bytes to the next sample: blocks pass until these are used up, and
  // with 0 not even one of no bytes does.
  void Arm(uint64_t left) {
    Grant(left - left_.load(std::memory_order_relaxed));
    left_.store(left, std::memory_order_relaxed);
  }

  AllocationCounts Counts() const {
    return {allocations_.load(std::memory_order_relaxed),
            granted_.load(std::memory_order_relaxed) -
                left_.load(std::memory_order_relaxed)};
  }

 private:
  void CountOne() {
    allocations_.store(allocations_.load(std::memory_order_relaxed) + 1,
                       std::memory_order_relaxed);
  }
  void Grant(uint64_t bytes) {
    granted_.store(granted_.load(std::memory_order_relaxed) + bytes,
                   std::memory_order_relaxed);
  }

  std::atomic<uint64_t> left_{0};
  std::atomic<uint64_t> allocations_{0};
  std::atomic<uint64_t> granted_{0};  // what was counted, plus left_
};

struct AllocationThread {
  // The calling thread's, made if it has none. Never null. Keeps errno. Calls
  // neither malloc nor any lock.
  static AllocationThread* Current() {
    return current != nullptr ? current : Enroll();
  }

  // The same, but null if it has none.
  static AllocationThread* Known() { return current; }

  // Calls `visit` with each entry, of living and of dead threads.
  template <class Visitor>
  static void ForEach(Visitor&& visit) {
    for (AllocationThread* thread = all.load(std::memory_order_acquire);
         thread != nullptr; thread = thread->next) {
      visit(*thread);
    }
  }

  AllocationCountdown countdown;
  bool draws = false;   // the countdown leads to a sample
  uint64_t random = 0;  // the state of RandomWord()

  // Nothing is sampled in between: the thread is in the profiler, or in a
  // signal's handler that interrupted it there. Handlers leave the number as
  // they found it, so that it needs no locked instruction.
  void Ignore(int change) {
    ignoring_.store(ignoring_.load(std::memory_order_relaxed) + change,
                    std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
  bool IsIgnoring() const {
    return ignoring_.load(std::memory_order_relaxed) != 0;
  }

  // The part of its stack that has been seen to be readable; both 0: none yet.
  uintptr_t stack_low = 0;
  uintptr_t stack_high = 0;
  void* memo = nullptr;  // the observer's

  // For timed_allocations.cc.
  std::atomic<bool> in_run{false};
  AllocationCounter at_entry;    // when it entered its run
  AllocationCounter in_runs;     // counted in the runs that it has left
  AllocationCounts timed_start;  // when its timed phase began
  AllocationCounts timed;        // counted in timed phases, and not yet taken

  std::atomic<pid_t> owner{0};
  AllocationThread* next = nullptr;  // never changes

 private:
  static AllocationThread* Enroll();

  std::atomic<int> ignoring_{0};

  static std::atomic<AllocationThread*> all;
  // Initial-exec TLS (a compiler option of this library): needs no allocation.
  // __thread: unlike thread_local, it can have no initializer to be looked for.
  static __thread AllocationThread* current;
};

// While it lives, the calling thread's allocations are nobody's business: not
// sampled, but the counters go on.
class IgnoreAllocations {
 public:
  explicit IgnoreAllocations(
      AllocationThread* thread = AllocationThread::Current())
      : thread_(thread) {
    thread_->Ignore(1);
  }
  ~IgnoreAllocations() { thread_->Ignore(-1); }
  IgnoreAllocations(const IgnoreAllocations&) = delete;
  IgnoreAllocations& operator=(const IgnoreAllocations&) = delete;

 private:
  AllocationThread* thread_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HOOKS_ALLOCATION_THREAD_H_
