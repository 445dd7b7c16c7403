// What the allocator hooks know of each thread.
//
//   AllocationThread* thread = AllocationThread::Current();
//   AllocationThread::ForEach([](const AllocationThread& thread) { ... });
//   AllocationThread::RetireDead(last_words);   // now and then
//
// Lives in pages of our own and not in a thread-local object: a thread may
// allocate until its very end, after the destructors of all those have run.
// Entries are used again when the system knows the thread no more, and their
// counters go on.
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
  // The calling thread's, made if it has none. Never null. Keeps errno. Calls
  // neither malloc nor any lock.
  static AllocationThread* Current() {
    return current != nullptr ? current : Enroll();
  }

  // The same, but null if it has none.
  static AllocationThread* Known() { return current; }

  // For the child of a fork: the calling thread has another number there.
  // Async-signal-safe.
  static void AdoptInChild();

  // Calls `visit` with the entry of each thread that lives, and of those that
  // have died and were not retired.
  template <class Visitor>
  static void ForEach(Visitor&& visit) {
    for (AllocationThread* thread = listed.load(std::memory_order_acquire);
         thread != nullptr; thread = thread->older_) {
      visit(*thread);
    }
  }

  // Looks for threads that are gone, and leaves them out of ForEach from now
  // on, after a call of `last_words` with each. One system call for each other
  // thread. Not while somebody else is in here or in ForEach.
  static void RetireDead(void (*last_words)(AllocationThread* thread));

  // The thread enters and leaves a run (timed_allocations.h). The owner's.
  void EnterRun() {
    at_entry.Store(countdown.Counts());
    in_run.store(true, std::memory_order_relaxed);
  }
  void LeaveRun() {
    if (!in_run.load(std::memory_order_relaxed)) return;
    settled.Store(settled.Load() + countdown.Counts() - at_entry.Load());
    in_run.store(false, std::memory_order_relaxed);
  }

  // What was counted outside of runs and is not settled.
  AllocationCounts Outside() const {
    const bool entered = in_run.load(std::memory_order_relaxed);
    return (entered ? at_entry.Load() : countdown.Counts()) - settled.Load();
  }
  void SettleOutside() { settled.Store(settled.Load() + Outside()); }

  // These four share a cache line: all that Outside() reads.
  AllocationCountdown countdown;
  AllocationCounter settled;   // counted in runs that it has left, or settled
  AllocationCounter at_entry;  // when it entered its run
  std::atomic<bool> in_run{false};

  // The mean of the distances that it draws; 0: the countdown leads to no
  // sample.
  int64_t mean = 0;
  uint64_t beyond = 0;  // from the countdown's end on to the next sample
  uint64_t random = 0;  // of DrawDistance()

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
  void* notes = nullptr;  // the observer's, which stay with the entry
  bool is_new = true;     // `notes` are another thread's; the observer's, too

  // For timed_allocations.cc.
  AllocationCounts timed_start;  // when its timed phase began
  AllocationCounts timed;        // counted in timed phases, and not yet taken

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

#endif  // BENCH_PROFILER_INTERPOSE_ALLOCATION_THREAD_H_
