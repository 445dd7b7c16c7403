// Sums for each combination of stack and activity, as profiles of locks and
// threads have them.
//
//   SumsTable table;
//   SumsRow* row = table.Row(addresses, depth, truncated, CurrentActivity());
//   if (row != nullptr) row->Add(1, nanos);   // null: no memory
//
// It needs no lock and no malloc, and grows with the number of distinct rows.
// What is made of the two values is the collector's business.
#ifndef BENCH_PROFILER_COLLECTORS_TABLE_SUMS_TABLE_H_
#define BENCH_PROFILER_COLLECTORS_TABLE_SUMS_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/table/known_stacks.h"
#include "bench_profiler/collectors/table/lock_free_trie.h"
#include "bench_profiler/platform/page_arena.h"

namespace bench_profiler {

struct SumsRow {
  void Add(int64_t first, int64_t second) {
    samples.fetch_add(1, std::memory_order_relaxed);
    values[0].fetch_add(first, std::memory_order_relaxed);
    values[1].fetch_add(second, std::memory_order_relaxed);
  }

  KnownStack* stack = nullptr;
  uint64_t activity = 0;
  std::atomic<int64_t> values[2] = {};
  std::atomic<int64_t> samples{0};      // calls of Add
  std::atomic<SumsRow*> below[2] = {};  // in the trie
};

static_assert(sizeof(SumsRow) <= 64);

class SumsTable {
 public:
  // Returns false if the system has no memory left. May be called again.
  bool Start() { return stacks_.Start() && rows_.Start() && arena_.Reserve(); }

  // Both return null if the system has no memory left. Thread- and
  // async-signal-safe.
  SumsRow* Row(const uintptr_t* addresses, size_t depth, bool truncated,
               uint64_t activity);
  SumsRow* Row(KnownStack* stack, uint64_t activity);

  // As Collector::Drain and Collector::Snapshot. Rows to which nothing was
  // added are left out.
  void Drain(SampleSink* sink) { stacks_.HandOverNew(sink); }
  void Snapshot(RowSink* sink) const;

 private:
  PageArena arena_;
  KnownStacks stacks_{&arena_};
  LockFreeTrie<SumsRow> rows_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_TABLE_SUMS_TABLE_H_
