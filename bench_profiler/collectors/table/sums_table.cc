#include "bench_profiler/collectors/table/sums_table.h"

#include <new>

namespace bench_profiler {

SumsRow* SumsTable::Row(const uintptr_t* addresses, size_t depth,
                        bool truncated, uint64_t activity) {
  KnownStack* stack = stacks_.Find(addresses, depth, truncated);
  return stack == nullptr ? nullptr : Row(stack, activity);
}

SumsRow* SumsTable::Row(KnownStack* stack, uint64_t activity) {
  bool added = false;
  return rows_.FindOrAdd(
      MixHash(stack->hash, activity),
      [&](const SumsRow& row) {
        return row.stack == stack && row.activity == activity;
      },
      [&]() -> SumsRow* {
        void* memory = arena_.Allocate(sizeof(SumsRow));
        if (memory == nullptr) return nullptr;
        SumsRow* row = new (memory) SumsRow;
        row->stack = stack;
        row->activity = activity;
        return row;
      },
      &added);
}

void SumsTable::Snapshot(RowSink* sink) const {
  rows_.ForEach([sink](const SumsRow& entry) {
    SampleRow row;
    row.samples = entry.samples.load(std::memory_order_relaxed);
    if (row.samples == 0) return;
    row.stack = entry.stack->number;
    row.values[0] = entry.values[0].load(std::memory_order_relaxed);
    row.values[1] = entry.values[1].load(std::memory_order_relaxed);
    sink->Add(entry.activity, row);
  });
}

}  // namespace bench_profiler
