// The sampled blocks of memory that are still in use, found by their addresses.
//
//   SampledBlocks blocks;
//   blocks.Add(pointer, cookie, &replaced);
//   // in free(pointer), before the memory goes back
//   if (blocks.MayContain(pointer)) cookie = blocks.Remove(pointer);
//
// Most blocks are not sampled, and a shift and one load are enough to see that.
// Thread-safe. Memory comes from mmap and grows with the number of blocks.
#ifndef BENCH_PROFILER_INTERPOSE_SAMPLED_BLOCKS_H_
#define BENCH_PROFILER_INTERPOSE_SAMPLED_BLOCKS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/platform/hash_slots.h"

namespace bench_profiler {

class SampledBlocks {
 public:
  // From now on MayContain always returns true, which saves the upkeep of the
  // filter where all blocks are sampled.
  void ExpectMany();

  // Notes that `pointer` is in use. Returns false if the system has no memory
  // left. If `pointer` is there already, because nobody saw it being freed,
  // `*replaced` is set to its former cookie.
  bool Add(void* pointer, void* cookie, void** replaced);

  // Returns true for each pointer that is there, and false for most others.
  // Takes no lock.
  bool MayContain(const void* pointer) const {
    const size_t group = GroupOf(reinterpret_cast<uintptr_t>(pointer));
    return (filter_[group / 64].load(std::memory_order_relaxed) >>
                (group % 64) &
            1) != 0;
  }

  // Returns whether there was a moment just now at which no block was there.
  bool IsEmpty();

  // Removes `pointer` and returns its cookie; null if it is not there.
  void* Remove(void* pointer);

 private:
  static constexpr size_t kShards = 64;
  static constexpr uint64_t kGoldenRatio = 0x9E3779B97F4A7C15;

  struct Entry {
    uintptr_t key;  // 0: free
    void* cookie;

    explicit operator bool() const { return key != 0; }
  };
  struct alignas(64) Shard {
    std::atomic<bool> locked{false};
    HashSlots<Entry> entries;
    size_t used = 0;
  };
  class SpinLock;

  // The filter groups blocks by the lower bits of their addresses, apart from
  // the lowest four, since blocks are aligned to 16 bytes. It has 1 KiB, so
  // that it stays in the cache.
  static constexpr size_t kGroups = 8192;
  static size_t GroupOf(uintptr_t key) { return (key >> 4) % kGroups; }

  // Allocators give each thread memory of its own, far from that of others. So
  // blocks of the same megabyte share a shard, and different threads mostly use
  // different shards.
  Shard* ShardOf(uintptr_t key) {
    const uint64_t megabyte = key >> 20;
    return &shards_[(megabyte * kGoldenRatio >> 32) % kShards];
  }

  static uint64_t KeyOf(const Entry& entry) { return entry.key; }
  static Entry* Find(const Shard& shard, uintptr_t key);
  static bool Grow(Shard* shard);
  void Include(size_t group);
  void Exclude(size_t group);

  std::atomic<uint64_t> filter_[kGroups / 64] = {};  // a bit for each group
  std::atomic<bool> filter_locked_{false};
  std::atomic<bool> filter_is_full_{false};  // and stays so
  uint32_t counts_[kGroups] = {};            // blocks in each group
  Shard shards_[kShards];
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_SAMPLED_BLOCKS_H_
