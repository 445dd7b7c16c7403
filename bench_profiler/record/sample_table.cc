#include "bench_profiler/record/sample_table.h"

namespace bench_profiler {
namespace {

constexpr size_t kFirstBuckets = 1024;
constexpr uint64_t kGoldenRatio = 0x9E3779B97F4A7C15u;

bool SameKey(const SampleRow& a, const SampleRow& b) {
  return a.stack == b.stack && a.run == b.run && a.thread == b.thread &&
         a.phase == b.phase && a.labels == b.labels && a.size == b.size &&
         a.rate == b.rate;
}

size_t Hash(const SampleRow& row) {
  uint64_t hash = (uint64_t{row.stack} << 32 | row.run) * kGoldenRatio;
  hash ^= hash >> 32;
  hash += row.size << 24 | uint64_t{row.thread} << 8 |
          static_cast<uint64_t>(row.phase);
  return static_cast<size_t>((hash * kGoldenRatio) >> 32);
}

}  // namespace

bool SampleTable::Add(const SampleRow& row) {
  // At most half full, so that probing ends after a step or two.
  if (2 * (rows_.size() + 1) > buckets_.size() && !Rehash()) return false;
  const size_t mask = buckets_.size() - 1;
  size_t i = Hash(row) & mask;
  for (; buckets_[i] != 0; i = (i + 1) & mask) {
    SampleRow& known = rows_[buckets_[i] - 1];
    if (!SameKey(known, row)) continue;
    for (size_t v = 0; v < kMaxSampleValues; ++v) {
      known.values[v] += row.values[v];
    }
    known.samples += row.samples;
    return true;
  }
  if (!rows_.Append(row)) return false;
  buckets_[i] = static_cast<uint32_t>(rows_.size());
  return true;
}

bool SampleTable::Rehash() {
  PageArray<uint32_t> buckets;
  const size_t size =
      buckets_.size() == 0 ? kFirstBuckets : 2 * buckets_.size();
  if (!buckets.Resize(size)) return false;
  for (size_t row = 0; row < rows_.size(); ++row) {
    size_t i = Hash(rows_[row]) & (size - 1);
    while (buckets[i] != 0) i = (i + 1) & (size - 1);
    buckets[i] = static_cast<uint32_t>(row + 1);
  }
  buckets_.Swap(buckets);
  return true;
}

}  // namespace bench_profiler
