// The sampled blocks of memory that are still in use, by their addresses.
//
//   SampledBlocks blocks;
//   blocks.Add(pointer, cookie, &replaced);
//   // in free(pointer), before the memory goes back
//   if (blocks.MayContain(pointer)) cookie = blocks.Remove(pointer);
//
// Most blocks are not sampled: to see that, a hash and one load are enough.
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
  // From now on MayContain is always true: spares the filter's upkeep where all
  // blocks are sampled.
  void ExpectMany();

  // Notes that `pointer` is in use. Returns false if the system has no memory
  // left. If it is there already (its end was not seen), `*replaced` is set to
  // the cookie that was there.
  bool Add(void* pointer, void* cookie, void** replaced);

  // False for most pointers that are not there; true for each that is. No lock.
  bool MayContain(const void* pointer) const {
    const size_t group = GroupOf(reinterpret_cast<uintptr_t>(pointer));
    return (filter_[group / 64].load(std::memory_order_relaxed) >>
                (group % 64) &
            1) != 0;
  }

  // Whether nothing is there, at this moment or a little earlier.
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

  // Blocks are told apart by the lower bits of their addresses first; blocks
  // are aligned to 16 bytes. No more than 1 KiB is looked at in each free().
  static constexpr size_t kGroups = 8192;
  static size_t GroupOf(uintptr_t key) { return (key >> 4) % kGroups; }

  // Allocators give each thread memory of its own, far from that of others. So
  // blocks that are near each other share a shard, and threads mostly do not.
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
