// Two counters for many threads, one of them with a lock for each shard.
#ifndef BENCH_PROFILER_SAMPLES_CONTENTION_COUNTERS_H_
#define BENCH_PROFILER_SAMPLES_CONTENTION_COUNTERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace contention {

// How often each word was seen.
using Counts = std::unordered_map<std::string, int64_t>;

// One lock for all threads.
class UnshardedCounter {
 public:
  void Add(const std::string& word) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++counts_[word];
  }

 private:
  std::mutex mutex_;
  Counts counts_;
};

// A lock for each 64th of the words.
class ShardedCounter {
 public:
  void Add(const std::string& word) {
    Shard& shard = shards_[std::hash<std::string>()(word) % shards_.size()];
    const std::lock_guard<std::mutex> lock(shard.mutex);
    ++shard.counts[word];
  }

 private:
  struct alignas(64) Shard {
    std::mutex mutex;
    Counts counts;
  };
  std::array<Shard, 64> shards_;
};

}  // namespace contention

#endif  // BENCH_PROFILER_SAMPLES_CONTENTION_COUNTERS_H_
