// Who waits for which lock, so that whoever unlocks it can be charged with the
// time of those that wait: Go's rule for mutex profiles.
//
//   WaiterTable::Ticket ticket = waiters.Enter(mutex);  // it is held by
//   another pthread_mutex_lock(mutex); waiters.Leave(mutex, ticket);
//   ...
//   if (waiters.MayHave(mutex)) charge = waiters.Charge(mutex);
//   pthread_mutex_unlock(mutex);
//
// An unlocker is charged with what each waiter has waited since it came or
// since the last charge, whichever was later. What is left when a waiter gets
// the lock is the time that it took to wake up, and is charged to nobody:
//
//   sum of all waits = sum of all charges + Uncharged()     to the digit
//
// Locks are in 1,024 buckets by their addresses. A lock has an entry while
// somebody waits for it. So locks may come and go, and there are never more
// entries than threads that waited at the same time.
#ifndef BENCH_PROFILER_COLLECTORS_LOCKS_WAITERS_H_
#define BENCH_PROFILER_COLLECTORS_LOCKS_WAITERS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/platform/page_arena.h"

namespace bench_profiler {

// CLOCK_MONOTONIC.
int64_t MonotonicNanos();

// All members are thread-safe. None calls malloc or takes a lock that somebody
// holds while he waits. The caller must not be in the middle of one already, as
// a signal handler may be.
class WaiterTable {
 public:
  struct Ticket {
    int64_t start = 0;
    bool is_in_table = false;
  };
  struct Charges {
    int64_t nanos = 0;
    int64_t waits = 0;  // that began since the last charge
    int64_t time = 0;   // when; 0: nobody waits
  };

  // The calling thread begins to wait.
  Ticket Enter(const void* lock);

  // It does not wait any more. Returns the time, at which the wait has ended,
  // and sets `charged` to that of the last charge meanwhile, or 0.
  int64_t Leave(const void* lock, const Ticket& ticket,
                int64_t* charged = nullptr);

  // The same if it has not waited, because the function has failed.
  void Cancel(const void* lock, const Ticket& ticket);

  // Returns false if nobody waits for the lock, and mostly only then. For the
  // thread that holds it.
  bool MayHave(const void* lock) const {
    return BucketOf(lock).first.load(std::memory_order_acquire) != nullptr;
  }

  // Returns whether anybody has ever waited for the lock, or for one that
  // shares its bucket.
  bool WasWaitedFor(const void* lock) const {
    return BucketOf(lock).was_used.load(std::memory_order_relaxed);
  }
  void NoteWaitFor(const void* lock) {
    BucketOf(lock).was_used.store(true, std::memory_order_relaxed);
  }

  // To be called by the thread that holds the lock, before it unlocks it.
  Charges Charge(const void* lock);

  // What nobody was charged with, of all waits that have ended.
  int64_t Uncharged() const {
    return uncharged_.load(std::memory_order_relaxed);
  }

 private:
  static constexpr int kBucketBits = 10;

  struct Entry {
    const void* lock;
    uint64_t waiting;  // how many
    uint64_t fresh;    // that began since the last charge
    // Of the times from which on they are to be charged. It may overflow, and
    // so may its product with `waiting`, but their difference does not.
    uint64_t starts;
    int64_t last_charge;
    Entry* next;  // in the bucket
  };
  struct alignas(64) Bucket {
    std::atomic<bool> is_held{false};
    std::atomic<bool> is_given_up{false};
    std::atomic<bool> was_used{false};
    std::atomic<Entry*> first{nullptr};
    Entry* spare = nullptr;  // entries to be used again
  };
  class Hold;

  static size_t IndexOf(const void* lock) {
    return static_cast<size_t>(reinterpret_cast<uintptr_t>(lock) *
                                   0x9E3779B97F4A7C15u >>
                               (64 - kBucketBits));
  }
  Bucket& BucketOf(const void* lock) { return buckets_[IndexOf(lock)]; }
  const Bucket& BucketOf(const void* lock) const {
    return buckets_[IndexOf(lock)];
  }
  Entry* Find(const Bucket& bucket, const void* lock) const;
  Entry* Add(Bucket* bucket, const void* lock);
  static void RemoveIfIdle(Bucket* bucket, Entry* entry);
  void AddUncharged(int64_t nanos) {
    uncharged_.fetch_add(nanos, std::memory_order_relaxed);
  }

  Bucket buckets_[size_t{1} << kBucketBits];
  PageArena arena_;
  std::atomic<int64_t> uncharged_{0};
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_LOCKS_WAITERS_H_
