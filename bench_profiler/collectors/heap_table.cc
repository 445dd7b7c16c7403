#include "bench_profiler/collectors/heap_table.h"

#include <sys/mman.h>

#include <cstring>
#include <new>

namespace bench_profiler {
namespace {

constexpr uint64_t kGoldenRatio = 0x9E3779B97F4A7C15u;

uint64_t Mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * kGoldenRatio;
  return hash ^ hash >> 32;
}

// Zero bytes are empty buckets; pages that are never used cost nothing.
template <class T>
T* MapZeroed() {
  void* memory = mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<T*>(memory);
}

}  // namespace

bool HeapTable::Start() {
  if (stack_buckets_ == nullptr) {
    stack_buckets_ = MapZeroed<Buckets<HeapStack>>();
  }
  if (row_buckets_ == nullptr) row_buckets_ = MapZeroed<Buckets<HeapRow>>();
  return stack_buckets_ != nullptr && row_buckets_ != nullptr &&
         arena_.Reserve();
}

// Two threads that add the same entry at a time: one of them finds the other's
// when it tries to publish its own, which is then left unused.
template <class Entry, class Same, class Make>
Entry* HeapTable::FindOrAdd(std::atomic<Entry*>* bucket,
                            std::atomic<Entry*>* all, Same same, Make make) {
  Entry* head = bucket->load(std::memory_order_acquire);
  Entry* fresh = nullptr;
  for (Entry* seen = nullptr;;) {
    for (Entry* entry = head; entry != seen; entry = entry->next) {
      if (same(*entry)) return entry;
    }
    seen = head;
    if (fresh == nullptr && (fresh = make()) == nullptr) return nullptr;
    fresh->next = head;
    if (bucket->compare_exchange_weak(head, fresh)) break;
  }
  fresh->older = all->load(std::memory_order_relaxed);
  while (!all->compare_exchange_weak(fresh->older, fresh)) {
  }
  return fresh;
}

HeapStack* HeapTable::Stack(const uintptr_t* addresses, size_t depth,
                            bool truncated) {
  uint64_t hash = depth;
  for (size_t i = 0; i < depth; ++i) hash = Mix(hash, addresses[i]);
  const size_t bytes = depth * sizeof(*addresses);
  return FindOrAdd(
      &stack_buckets_->heads[hash >> (64 - kBucketBits)], &stacks_,
      [&](HeapStack& stack) {
        return stack.hash == hash && stack.depth == depth &&
               stack.truncated == truncated &&
               std::memcmp(stack.addresses(), addresses, bytes) == 0;
      },
      [&]() -> HeapStack* {
        void* memory = arena_.Allocate(sizeof(HeapStack) + bytes);
        if (memory == nullptr) return nullptr;
        HeapStack* stack = new (memory) HeapStack;
        stack->hash = hash;
        stack->depth = static_cast<uint32_t>(depth);
        stack->truncated = truncated;
        std::memcpy(stack->addresses(), addresses, bytes);
        return stack;
      });
}

HeapRow* HeapTable::Row(HeapStack* stack, uint64_t size, uint64_t activity) {
  const uint64_t hash = Mix(Mix(stack->hash, size), activity);
  return FindOrAdd(
      &row_buckets_->heads[hash >> (64 - kBucketBits)], &rows_,
      [&](const HeapRow& row) {
        return row.stack == stack && row.size == size &&
               row.activity == activity;
      },
      [&]() -> HeapRow* {
        void* memory = arena_.Allocate(sizeof(HeapRow));
        if (memory == nullptr) return nullptr;
        HeapRow* row = new (memory) HeapRow;
        row->stack = stack;
        row->size = size;
        row->activity = activity;
        return row;
      });
}

}  // namespace bench_profiler
