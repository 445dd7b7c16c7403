#include "bench_profiler/collectors/heap/heap_table.h"

#include <iterator>
#include <new>

namespace bench_profiler {
bool HeapTable::Start() {
  return stacks_.Start() && row_trie_.Start() && arena_.Reserve();
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

HeapRow* HeapTable::Row(KnownStack* stack, uint64_t size, uint64_t activity,
                        int64_t rate) {
  const size_t rate_number = RateNumber(rate);
  if (rate_number == 0) return nullptr;
  const uint64_t activity_and_rate = activity | uint64_t{rate_number}
                                                    << kRateShift;
  const uint64_t hash = MixHash(MixHash(stack->hash, size), activity_and_rate);
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
