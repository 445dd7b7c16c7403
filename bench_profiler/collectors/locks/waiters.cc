#include "bench_profiler/collectors/locks/waiters.h"

#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <new>

namespace bench_profiler {

int64_t MonotonicNanos() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

// Holds a bucket, for some fifty nanoseconds. The holder may be stopped in
// between, even for ever: by a signal handler that waits for other threads, as
// those of garbage collectors do, or by one that jumps out. So nobody waits for
// it for ever. Who must not go without the bucket waits longer than others,
// then gives it up for the rest of the process, and its locks are not observed
// any more.
class WaiterTable::Hold {
 public:
  enum class Patience { kShort, kLong };

  Hold(Bucket* bucket, Patience patience) : bucket_(bucket) {
    constexpr int kSpins = 100;
    constexpr int kYields = 200;
    constexpr int kSleeps = 2000;
    for (int i = 0; !bucket->is_given_up.load(); ++i) {
      if (TryHold()) return;
      if (i < kSpins) continue;
      if (i < kSpins + kYields) {
        sched_yield();
      } else if (patience == Patience::kShort) {
        return;
      } else if (i < kSpins + kYields + kSleeps) {
        // Lets threads of lower priority run, which yielding does not. Not
        // nanosleep(3), which is a cancellation point.
        const timespec moment = {0, 50'000};
        syscall(SYS_nanosleep, &moment, nullptr);
      } else {
        bucket->is_given_up.store(true);
        bucket->first.store(nullptr);
      }
    }
  }
  ~Hold() {
    if (!is_held_) return;
    // Given up meanwhile: what was added after that is not to be found.
    if (bucket_->is_given_up.load()) bucket_->first.store(nullptr);
    bucket_->is_held.store(false, std::memory_order_release);
  }
  bool is_held() const { return is_held_; }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

 private:
  bool TryHold() {
    is_held_ = !bucket_->is_held.load(std::memory_order_relaxed) &&
               !bucket_->is_held.exchange(true, std::memory_order_acquire);
    return is_held_;
  }

  Bucket* const bucket_;
  bool is_held_ = false;
};

WaiterTable::Entry* WaiterTable::Find(const Bucket& bucket,
                                      const void* lock) const {
  Entry* entry = bucket.first.load(std::memory_order_relaxed);
  while (entry != nullptr && entry->lock != lock) entry = entry->next;
  return entry;
}

WaiterTable::Entry* WaiterTable::Add(Bucket* bucket, const void* lock) {
  Entry* entry = bucket->spare;
  if (entry != nullptr) {
    bucket->spare = entry->next;
  } else {
    entry = static_cast<Entry*>(arena_.Allocate(sizeof(Entry)));
    if (entry == nullptr) return nullptr;
  }
  *entry = {lock, 0, 0, 0, 0, bucket->first.load(std::memory_order_relaxed)};
  bucket->first.store(entry, std::memory_order_release);
  return entry;
}

void WaiterTable::RemoveIfIdle(Bucket* bucket, Entry* entry) {
  if (entry->waiting != 0) return;
  Entry* previous = bucket->first.load(std::memory_order_relaxed);
  if (previous == entry) {
    bucket->first.store(entry->next, std::memory_order_relaxed);
  } else {
    while (previous->next != entry) previous = previous->next;
    previous->next = entry->next;
  }
  entry->next = bucket->spare;
  bucket->spare = entry;
}

// The time is read while the bucket is held, so that no charge is between.
WaiterTable::Ticket WaiterTable::Enter(const void* lock) {
  Bucket& bucket = BucketOf(lock);
  const Hold hold(&bucket, Hold::Patience::kShort);
  Ticket ticket;
  ticket.start = MonotonicNanos();
  if (!hold.is_held()) return ticket;
  Entry* entry = Find(bucket, lock);
  if (entry == nullptr) entry = Add(&bucket, lock);
  if (entry == nullptr) return ticket;
  ++entry->waiting;
  ++entry->fresh;
  entry->starts += static_cast<uint64_t>(ticket.start);
  ticket.is_in_table = true;
  return ticket;
}

int64_t WaiterTable::Leave(const void* lock, const Ticket& ticket,
                           int64_t* charged) {
  Bucket& bucket = BucketOf(lock);
  if (ticket.is_in_table) {
    const Hold hold(&bucket, Hold::Patience::kLong);
    Entry* entry = hold.is_held() ? Find(bucket, lock) : nullptr;
    if (entry != nullptr) {
      const int64_t now = MonotonicNanos();
      const int64_t since = std::max(ticket.start, entry->last_charge);
      --entry->waiting;
      entry->starts -= static_cast<uint64_t>(since);
      AddUncharged(now - since);
      if (charged != nullptr && since > ticket.start) *charged = since;
      RemoveIfIdle(&bucket, entry);
      return now;
    }
  }
  const int64_t now = MonotonicNanos();
  AddUncharged(now - ticket.start);
  return now;
}

void WaiterTable::Cancel(const void* lock, const Ticket& ticket) {
  if (!ticket.is_in_table) return;
  Bucket& bucket = BucketOf(lock);
  const Hold hold(&bucket, Hold::Patience::kLong);
  Entry* entry = hold.is_held() ? Find(bucket, lock) : nullptr;
  if (entry == nullptr) return;
  const bool was_charged = entry->last_charge > ticket.start;
  --entry->waiting;
  if (!was_charged && entry->fresh > 0) --entry->fresh;
  entry->starts -=
      static_cast<uint64_t>(std::max(ticket.start, entry->last_charge));
  RemoveIfIdle(&bucket, entry);
}

WaiterTable::Charges WaiterTable::Charge(const void* lock) {
  Bucket& bucket = BucketOf(lock);
  const Hold hold(&bucket, Hold::Patience::kShort);
  Entry* entry = hold.is_held() ? Find(bucket, lock) : nullptr;
  if (entry == nullptr) return {};
  const int64_t now = MonotonicNanos();
  const uint64_t all = entry->waiting * static_cast<uint64_t>(now);
  const Charges charges = {static_cast<int64_t>(all - entry->starts),
                           static_cast<int64_t>(entry->fresh), now};
  entry->starts = all;
  entry->fresh = 0;
  entry->last_charge = now;
  return charges;
}

}  // namespace bench_profiler
