// The sampled blocks of memory that are still in use, by their addresses.
//
//   SampledBlocks blocks;
//   blocks.Add(pointer, cookie, &replaced);
//   // in free(pointer), before the memory goes back
//   if (blocks.MayContain(pointer)) cookie = blocks.Remove(pointer);
//
// Most blocks are not sampled: to see that, a hash and one load are enough.
// Thread-safe. Memory comes from mmap and grows with the number of blocks.
#ifndef BENCH_PROFILER_HOOKS_SAMPLED_BLOCKS_H_
#define BENCH_PROFILER_HOOKS_SAMPLED_BLOCKS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

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
    const uint64_t hash = Hash(reinterpret_cast<uintptr_t>(pointer));
    return filter_[FilterOf(hash)].load(std::memory_order_relaxed) != 0;
  }

  // Removes `pointer` and returns its cookie; null if it is not there.
  void* Remove(void* pointer);

 private:
  static constexpr size_t kShards = 64;

  struct Entry {
    uintptr_t key;  // 0: free
    void* cookie;
  };
  // Open addressing with linear probing, at most half full.
  struct alignas(64) Shard {
    std::atomic<bool> locked{false};
    Entry* entries = nullptr;
    size_t size = 0;  // a power of two
    size_t used = 0;
  };
  class Lock;

  // The upper bits of a product depend on all bits of the address.
  static uint64_t Hash(uintptr_t key) {
    return (key >> 4) * uint64_t{0x9E3779B97F4A7C15};
  }
  static size_t FilterOf(uint64_t hash) { return hash >> (64 - kFilterBits); }
  static size_t ShardOf(uint64_t hash) { return (hash >> 24) % kShards; }
  static size_t SlotOf(uint64_t hash, size_t size) {
    return (hash >> 30) & (size - 1);
  }

  static Entry* Find(const Shard& shard, uintptr_t key);
  static bool Grow(Shard* shard);
  void ChangeFilter(uint64_t hash, int change);

  // How many of the blocks have this hash. Fits into the fastest cache beside
  // the program's own data. A counter that has reached its limit stays there.
  static constexpr int kFilterBits = 13;
  static constexpr uint8_t kMany = 255;
  std::atomic<uint8_t> filter_[size_t{1} << kFilterBits] = {};
  Shard shards_[kShards];
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HOOKS_SAMPLED_BLOCKS_H_
