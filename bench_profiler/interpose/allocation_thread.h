// What the allocator hooks keep for each thread.
//
//   AllocationThread* thread = AllocationThread::Current();
//   AllocationThread::ForEach([](const AllocationThread& thread) { ... });
//   AllocationThread::RetireDead(last_words);   // now and then
//
// The entries are in pages of our own and not in thread-local objects: a thread
// may allocate until its very end, when the destructors of those have run
// already. Once a thread does not exist any more, another one takes its entry
// over, whose counters go on.
#ifndef BENCH_PROFILER_INTERPOSE_ALLOCATION_THREAD_H_
#define BENCH_PROFILER_INTERPOSE_ALLOCATION_THREAD_H_

#include <sys/types.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/allocations.h"

namespace bench_profiler {

inline AllocationCounts operator+(AllocationCounts a, AllocationCounts b) {
  return {a.allocations + b.allocations, a.bytes + b.bytes};
}

inline AllocationCounts operator-(AllocationCounts a, AllocationCounts b) {
  return {a.allocations - b.allocations, a.bytes - b.bytes};
}

// Counts that one thread changes and others may read.
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

// Counts a thread's allocations, and in the same step counts the bytes down to
// the next sample. This is the hot path of every allocation. Only the owner
// changes it; others may read it.
class AllocationCountdown {
 public:
  // Counts a block that ends before the next sample. Returns false, and counts
  // nothing, if the block may be the sample.
  bool Pass(size_t size) {
    const uint64_t left = left_.load(std::memory_order_relaxed);
    if (__builtin_expect(size >= left, 0)) return false;
    left_.store(left - size, std::memory_order_relaxed);
    CountOne();
    return true;
  }

  // Counts a block that did not pass, whether or not it becomes a sample.
  void CountSample(size_t size) {
    Grant(size);
    CountOne();
  }

  // Sets how many bytes are left. Blocks pass until these are used up. With 0
  // no block passes, not even one of 0 bytes.
  void Arm(uint64_t left) {
    Grant(left - left_.load(std::memory_order_relaxed));
    left_.store(left, std::memory_order_relaxed);
  }

  // What Arm() has set, less what has passed since.
  uint64_t Left() const { return left_.load(std::memory_order_relaxed); }

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

struct alignas(64) AllocationThread {
  // The entry of the calling thread, which gets one if it has none. Never null.
  // Keeps errno, and uses neither malloc nor locks.
  static AllocationThread* Current() {
    return current != nullptr ? current : Enroll();
  }

  // The same, but null if the thread has no entry yet.
  static AllocationThread* Known() { return current; }

  // Must be called in the child of a fork, where the calling thread has another
  // number. Async-signal-safe.
  static void AdoptInChild();

  // Calls `visit` with the entry of each thread that is alive, or that died and
  // was not retired yet.
  template <class Visitor>
  static void ForEach(Visitor&& visit) {
    for (AllocationThread* thread = listed.load(std::memory_order_acquire);
         thread != nullptr; thread = thread->older_) {
      visit(*thread);
    }
  }

  // Retires the threads that have died: calls `last_words` with the entry of
  // each, and leaves it out of ForEach from now on. Makes one system call for
  // each other thread. One caller at a time, and not while another thread is in
  // ForEach.
  static void RetireDead(void (*last_words)(AllocationThread* thread));

  // Called by the thread itself when it enters or leaves a run
  // (timed_allocations.h).
  void EnterRun() {
    at_entry.Store(countdown.Counts());
    in_run.store(true, std::memory_order_relaxed);
  }
  void LeaveRun() {
    if (!in_run.load(std::memory_order_relaxed)) return;
    settled.Store(settled.Load() + countdown.Counts() - at_entry.Load());
    in_run.store(false, std::memory_order_relaxed);
  }

  // What the thread counted outside of runs, apart from what was settled
  // already.
  AllocationCounts Outside() const {
    const bool entered = in_run.load(std::memory_order_relaxed);
    return (entered ? at_entry.Load() : countdown.Counts()) - settled.Load();
  }
  void SettleOutside() { settled.Store(settled.Load() + Outside()); }

  // These four are all that Outside() reads. They share a cache line.
  AllocationCountdown countdown;
  AllocationCounter settled;   // counted in runs that it has left, or settled
  AllocationCounter at_entry;  // when it entered its run
  std::atomic<bool> in_run{false};

  // The mean distance by which the next sample was drawn; 0: there will be
  // none.
  int64_t mean = 0;
  uint64_t beyond = 0;  // bytes from the countdown's end to the next sample
  uint64_t random = 0;  // of DrawDistance()

  // While the sum of all changes is not 0, none of the thread's allocations is
  // sampled: the thread is inside the profiler, or in a signal handler that
  // interrupted it there. The change needs no locked instruction, since a
  // handler leaves the number as it found it.
  void Ignore(int change) {
    ignoring_.store(ignoring_.load(std::memory_order_relaxed) + change,
                    std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
  bool IsIgnoring() const {
    return ignoring_.load(std::memory_order_relaxed) != 0;
  }

  // The part of its stack that was found to be readable; both 0: none yet.
  uintptr_t stack_low = 0;
  uintptr_t stack_high = 0;
  void* notes = nullptr;       // the observer's; they stay with the entry
  void* wait_notes = nullptr;  // those of profiles of locks
  bool is_new = true;  // `notes` are of the former thread; the observer's

  // For timed_allocations.cc.
  AllocationCounts timed_start;  // when its timed phase began
  AllocationCounts timed;        // counted in timed phases, and not yet taken
  AllocationCounts others;       // of helpers, when a timed phase began
  enum { kNothing, kBegins, kHasEnded } others_are_for = kNothing;

  std::atomic<pid_t> owner{0};       // 0: nobody's
  AllocationThread* next = nullptr;  // of `all`; never changes

 private:
  static AllocationThread* Enroll();
  static AllocationThread* Reuse(pid_t tid);
  static AllocationThread* NewSlab(pid_t tid);
  void List();

  std::atomic<int> ignoring_{0};
  bool is_listed_ = false;             // the owner's to change
  AllocationThread* older_ = nullptr;  // of `listed`

  static std::atomic<AllocationThread*> all;
  static std::atomic<AllocationThread*> listed;
  // In initial-exec TLS (by a compiler option of this library), so that access
  // never allocates. With __thread, since for an extern thread_local the
  // compiler would have to look for an initializer at each access.
  static __thread AllocationThread* current;
};

// While such an object lives, the calling thread's allocations are not sampled.
// They are still counted.
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

#endif  // BENCH_PROFILER_INTERPOSE_ALLOCATION_THREAD_H_
