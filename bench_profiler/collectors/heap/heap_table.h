// What the heap profile has seen: stacks, and for each stack, size, activity
// and rate how many blocks were drawn and how many of them were given back.
//
//   HeapTable table;
//   HeapStack* stack = table.Stack(addresses, depth, truncated);
//   HeapRow* row = table.Row(stack, size, activity, rate);   // null: no memory
//   row->allocated.fetch_add(1);
//
// Keyed by size, since an estimate from a stack's average size would be wrong
// by far. Grows with the number of distinct entries, not of blocks. Lock-free:
// entries are published whole and never move, so that they can also be read in
// a copy of the process that was made at any moment (interrupt.h). No malloc.
#ifndef BENCH_PROFILER_COLLECTORS_HEAP_HEAP_TABLE_H_
#define BENCH_PROFILER_COLLECTORS_HEAP_HEAP_TABLE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/heap/heap_trie.h"
#include "bench_profiler/platform/page_arena.h"

namespace bench_profiler {

struct HeapStack {
  uint64_t hash = 0;
  uint32_t depth = 0;
  bool truncated = false;
  uint32_t number = 0;                    // of SampleSink::Keep; the drainer's
  std::atomic<HeapStack*> below[2] = {};  // in the trie
  HeapStack* older = nullptr;             // of all

  uintptr_t* addresses() { return reinterpret_cast<uintptr_t*>(this + 1); }
};

struct HeapRow {
  HeapStack* stack = nullptr;
  uint64_t size = 0;
  uint64_t activity = 0;
  int64_t rate = 0;  // that they were drawn at
  std::atomic<int64_t> allocated{0};
  std::atomic<int64_t> freed{0};
  std::atomic<int64_t> freed_late{0};   // of `freed`: after the benchmark's end
  std::atomic<HeapRow*> below[2] = {};  // in the trie
};

class HeapTable {
 public:
  // Returns false if the system has no memory left.
  bool Start();

  // Both return null if the system has no memory left. Thread-safe.
  HeapStack* Stack(const uintptr_t* addresses, size_t depth, bool truncated);
  HeapRow* Row(HeapStack* stack, uint64_t size, uint64_t activity,
               int64_t rate);

  // The latest stack; `older` leads to all others.
  HeapStack* stacks() const { return stacks_.load(std::memory_order_acquire); }

  // Calls `visit` with each row.
  template <class Visitor>
  void ForEachRow(Visitor&& visit) const {
    row_trie_.ForEach(visit);
  }

 private:
  PageArena arena_;
  HeapTrie<HeapStack> stack_trie_;
  HeapTrie<HeapRow> row_trie_;
  std::atomic<HeapStack*> stacks_{nullptr};
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_HEAP_HEAP_TABLE_H_
