// What the heap profile has seen: stacks, and for each combination of stack,
// size, activity and rate how many blocks were drawn and how many of them were
// freed.
//
//   HeapTable table;
//   KnownStack* stack = table.stacks()->Find(addresses, depth, truncated);
//   HeapRow* row = table.Row(stack, size, activity, rate);   // null: no memory
//   row->allocated.fetch_add(1);
//
// Sizes have rows of their own, since estimates from the average size of a
// stack's blocks would be far off. The table grows with the number of distinct
// rows, not of blocks. It needs no lock and no malloc: entries are complete
// when they are published, and never move, so that they can even be read in a
// copy of the process that was made at any moment (interrupt.h).
#ifndef BENCH_PROFILER_COLLECTORS_HEAP_HEAP_TABLE_H_
#define BENCH_PROFILER_COLLECTORS_HEAP_HEAP_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/table/known_stacks.h"
#include "bench_profiler/collectors/table/lock_free_trie.h"
#include "bench_profiler/platform/page_arena.h"

namespace bench_profiler {

struct HeapRow {
  KnownStack* stack = nullptr;
  uint64_t size = 0;
  // Of Activity, with the number of the rate in the byte that it leaves free:
  // so a row is one cache line.
  uint64_t activity_and_rate = 0;
  std::atomic<int64_t> allocated{0};
  std::atomic<int64_t> freed{0};
  std::atomic<int64_t> freed_late{0};   // of `freed`: after the benchmark's end
  std::atomic<HeapRow*> below[2] = {};  // in the trie
};

static_assert(sizeof(HeapRow) == 64);

class HeapTable {
 public:
  // Returns false if the system has no memory left.
  bool Start();

  // Returns null if the system has no memory left, or if there were 255 other
  // rates. Thread-safe.
  HeapRow* Row(KnownStack* stack, uint64_t size, uint64_t activity,
               int64_t rate);

  // What a row was drawn by, and at.
  static uint64_t ActivityOf(const HeapRow& row) {
    return row.activity_and_rate & ~kRateMask;
  }
  int64_t RateOf(const HeapRow& row) const {
    return rates_[(row.activity_and_rate & kRateMask) >> kRateShift];
  }

  KnownStacks* stacks() { return &stacks_; }

  // Calls `visit` with each row.
  template <class Visitor>
  void ForEachRow(Visitor&& visit) const {
    row_trie_.ForEach(visit);
  }

 private:
  static constexpr int kRateShift = 8;
  static constexpr uint64_t kRateMask = uint64_t{0xff} << kRateShift;

  size_t RateNumber(int64_t rate);

  std::atomic<int64_t> rates_[256] = {};  // from 1 on, up to the first 0
  PageArena arena_;
  KnownStacks stacks_{&arena_};
  LockFreeTrie<HeapRow> row_trie_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_HEAP_HEAP_TABLE_H_
