#include "bench_profiler/collectors/table/known_stacks.h"

#include <cstring>
#include <new>

namespace bench_profiler {

KnownStack* KnownStacks::Find(const uintptr_t* addresses, size_t depth,
                              bool truncated) {
  uint64_t hash = depth;
  for (size_t i = 0; i < depth; ++i) hash = MixHash(hash, addresses[i]);
  const size_t bytes = depth * sizeof(*addresses);
  bool added = false;
  KnownStack* stack = trie_.FindOrAdd(
      hash,
      [&](KnownStack& known) {
        return known.hash == hash && known.depth == depth &&
               known.truncated == truncated &&
               std::memcmp(known.addresses(), addresses, bytes) == 0;
      },
      [&]() -> KnownStack* {
        void* memory = arena_->Allocate(sizeof(KnownStack) + bytes);
        if (memory == nullptr) return nullptr;
        KnownStack* fresh = new (memory) KnownStack;
        fresh->hash = hash;
        fresh->depth = static_cast<uint32_t>(depth);
        fresh->truncated = truncated;
        std::memcpy(fresh->addresses(), addresses, bytes);
        return fresh;
      },
      &added);
  if (!added) return stack;
  stack->older = latest_.load(std::memory_order_relaxed);
  while (!latest_.compare_exchange_weak(stack->older, stack)) {
  }
  return stack;
}

void KnownStacks::HandOverNew(SampleSink* sink) {
  KnownStack* latest = latest_.load(std::memory_order_acquire);
  for (KnownStack* stack = latest; stack != handed_over_;
       stack = stack->older) {
    stack->number =
        sink->Keep({stack->addresses(), stack->depth, stack->truncated});
  }
  handed_over_ = latest;
}

}  // namespace bench_profiler
