#include "bench_profiler/record/stack_table.h"

namespace bench_profiler {
namespace {

constexpr size_t kFirstBuckets = 1024;

size_t Hash(uint32_t parent, uint64_t address) {
  // Fibonacci hashing: the high half of the product depends on all bits.
  const uint64_t key = address ^ (uint64_t{parent} << 32);
  return static_cast<size_t>((key * 0x9E3779B97F4A7C15u) >> 32);
}

}  // namespace

StackTable::StackTable() { nodes_.Append(StackNode{}); }

uint32_t StackTable::Child(uint32_t parent, uint64_t address, uint32_t module) {
  // At most half full, so that probing ends after a step or two.
  if (2 * nodes_.size() >= buckets_.size() && !Rehash()) return parent;
  const size_t mask = buckets_.size() - 1;
  size_t i = Hash(parent, address) & mask;
  for (; buckets_[i] != 0; i = (i + 1) & mask) {
    const StackNode& node = nodes_[buckets_[i]];
    if (node.address == address && node.parent == parent &&
        node.module == module) {
      return buckets_[i];
    }
  }
  StackNode node;
  node.address = address;
  node.parent = parent;
  node.module = module;
  if (!nodes_.Append(node)) return parent;
  buckets_[i] = static_cast<uint32_t>(nodes_.size() - 1);
  return buckets_[i];
}

bool StackTable::Rehash() {
  PageArray<uint32_t> buckets;
  const size_t size =
      buckets_.size() == 0 ? kFirstBuckets : 2 * buckets_.size();
  if (!buckets.Resize(size)) return false;
  for (size_t node = 1; node < nodes_.size(); ++node) {
    size_t i = Hash(nodes_[node].parent, nodes_[node].address) & (size - 1);
    while (buckets[i] != 0) i = (i + 1) & (size - 1);
    buckets[i] = static_cast<uint32_t>(node);
  }
  buckets_.Swap(buckets);
  return true;
}

}  // namespace bench_profiler
