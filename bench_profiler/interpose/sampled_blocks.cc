#include "bench_profiler/interpose/sampled_blocks.h"

#include <sched.h>
#include <sys/mman.h>

#include "bench_profiler/platform/fork_events.h"

namespace bench_profiler {

// A spin lock, since the work under it takes nanoseconds, and a lock that
// sleeps would show in profiles of locks. A thread may have held it when
// another one forked. In the child, which nobody profiles, it would then never
// be free, so there the lock is not waited for.
class SampledBlocks::SpinLock {
 public:
  explicit SpinLock(std::atomic<bool>* locked) : locked_(locked) {
    constexpr int kSpins = 100;
    for (int i = 0; locked_->exchange(true, std::memory_order_acquire); ++i) {
      if (i <= kSpins) continue;
      if (InForkedChild()) return;
      sched_yield();
    }
    is_held_ = true;
  }
  ~SpinLock() {
    if (is_held_) locked_->store(false, std::memory_order_release);
  }
  bool is_held() const { return is_held_; }
  SpinLock(const SpinLock&) = delete;
  SpinLock& operator=(const SpinLock&) = delete;

 private:
  std::atomic<bool>* locked_;
  bool is_held_ = false;
};

void SampledBlocks::ExpectMany() {
  filter_is_full_.store(true);
  for (std::atomic<uint64_t>& bits : filter_) bits.store(~uint64_t{0});
}

void SampledBlocks::Include(size_t group) {
  if (filter_is_full_.load(std::memory_order_relaxed)) return;
  const SpinLock lock(&filter_locked_);
  if (!lock.is_held()) return;
  if (counts_[group]++ == 0) {
    filter_[group / 64].fetch_or(uint64_t{1} << group % 64);
  }
}

void SampledBlocks::Exclude(size_t group) {
  if (filter_is_full_.load(std::memory_order_relaxed)) return;
  const SpinLock lock(&filter_locked_);
  if (!lock.is_held()) return;
  if (--counts_[group] == 0) {
    filter_[group / 64].fetch_and(~(uint64_t{1} << group % 64));
  }
}

bool SampledBlocks::IsEmpty() {
  for (Shard& shard : shards_) {
    const SpinLock lock(&shard.locked);
    if (shard.used > 0) return false;
  }
  return true;
}

SampledBlocks::Entry* SampledBlocks::Find(const Shard& shard, uintptr_t key) {
  return shard.entries.Find(
      key, [key](const Entry& entry) { return entry.key == key; });
}

bool SampledBlocks::Grow(Shard* shard) {
  constexpr size_t kFirstSize = 256;  // a page
  HashSlots<Entry>& entries = shard->entries;
  HashSlots<Entry> larger;
  larger.size = entries.size == 0 ? kFirstSize : 2 * entries.size;
  void* memory =
      mmap(nullptr, larger.size * sizeof(Entry), PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return false;
  larger.slots = static_cast<Entry*>(memory);
  larger.Fill(entries, KeyOf);
  if (entries.slots != nullptr) {
    munmap(entries.slots, entries.size * sizeof(Entry));
  }
  entries = larger;
  return true;
}

bool SampledBlocks::Add(void* pointer, void* cookie, void** replaced) {
  const auto key = reinterpret_cast<uintptr_t>(pointer);
  Shard* shard = ShardOf(key);
  const SpinLock lock(&shard->locked);
  *replaced = nullptr;
  if (!lock.is_held()) return false;
  if (!shard->entries.HasRoomFor(shard->used + 1) && !Grow(shard)) return false;
  Entry* entry = Find(*shard, key);
  if (entry->key == key) {
    *replaced = entry->cookie;
  } else {
    ++shard->used;
    Include(GroupOf(key));
  }
  *entry = {key, cookie};
  return true;
}

void* SampledBlocks::Remove(void* pointer) {
  const auto key = reinterpret_cast<uintptr_t>(pointer);
  Shard* shard = ShardOf(key);
  const SpinLock lock(&shard->locked);
  if (!lock.is_held() || shard->used == 0) return nullptr;
  Entry* entry = Find(*shard, key);
  if (!*entry) return nullptr;
  void* cookie = entry->cookie;
  --shard->used;
  Exclude(GroupOf(key));
  shard->entries.Free(entry, KeyOf);
  return cookie;
}

}  // namespace bench_profiler
