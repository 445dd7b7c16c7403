#include "bench_profiler/collectors/heap/heap_table.h"

#include <cstring>
#include <iterator>
#include <new>

namespace bench_profiler {
namespace {

constexpr uint64_t kGoldenRatio = 0x9E3779B97F4A7C15u;

uint64_t Mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * kGoldenRatio;
  return hash ^ hash >> 32;
}

}  // namespace

bool HeapTable::Start() {
  return stack_trie_.Start() && row_trie_.Start() && arena_.Reserve();
}

HeapStack* HeapTable::Stack(const uintptr_t* addresses, size_t depth,
                            bool truncated) {
  uint64_t hash = depth;
  for (size_t i = 0; i < depth; ++i) hash = Mix(hash, addresses[i]);
  const size_t bytes = depth * sizeof(*addresses);
  bool added = false;
  HeapStack* stack = stack_trie_.FindOrAdd(
      hash,
      [&](HeapStack& known) {
        return known.hash == hash && known.depth == depth &&
               known.truncated == truncated &&
               std::memcmp(known.addresses(), addresses, bytes) == 0;
      },
      [&]() -> HeapStack* {
        void* memory = arena_.Allocate(sizeof(HeapStack) + bytes);
        if (memory == nullptr) return nullptr;
        HeapStack* fresh = new (memory) HeapStack;
        fresh->hash = hash;
        fresh->depth = static_cast<uint32_t>(depth);
        fresh->truncated = truncated;
        std::memcpy(fresh->addresses(), addresses, bytes);
        return fresh;
      },
      &added);
  if (!added) return stack;
  stack->older = stacks_.load(std::memory_order_relaxed);
  while (!stacks_.compare_exchange_weak(stack->older, stack)) {
  }
  return stack;
}

// The first that has it; 0: there is no room for another.
size_t HeapTable::RateNumber(int64_t rate) {
  for (size_t i = 1; i < std::size(rates_); ++i) {
    int64_t known = rates_[i].load(std::memory_order_relaxed);
    if (known == rate) return i;
    if (known != 0) continue;
    if (rates_[i].compare_exchange_strong(known, rate) || known == rate) {
      return i;
    }
  }
  return 0;
}

HeapRow* HeapTable::Row(HeapStack* stack, uint64_t size, uint64_t activity,
                        int64_t rate) {
  const size_t rate_number = RateNumber(rate);
  if (rate_number == 0) return nullptr;
  const uint64_t activity_and_rate = activity | uint64_t{rate_number}
                                                    << kRateShift;
  const uint64_t hash = Mix(Mix(stack->hash, size), activity_and_rate);
  bool added = false;
  return row_trie_.FindOrAdd(
      hash,
      [&](const HeapRow& row) {
        return row.stack == stack && row.size == size &&
               row.activity_and_rate == activity_and_rate;
      },
      [&]() -> HeapRow* {
        void* memory = arena_.Allocate(sizeof(HeapRow));
        if (memory == nullptr) return nullptr;
        HeapRow* row = new (memory) HeapRow;
        row->stack = stack;
        row->size = size;
        row->activity_and_rate = activity_and_rate;
        return row;
      },
      &added);
}

}  // namespace bench_profiler
