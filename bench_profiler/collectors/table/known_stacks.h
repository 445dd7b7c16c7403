// The stacks that a table has seen, each of them once.
//
//   PageArena arena;
//   KnownStacks stacks(&arena);
//   KnownStack* stack = stacks.Find(addresses, depth, truncated);
//   stacks.HandOverNew(sink);   // from now on they have numbers
//
// It needs no lock and no malloc: a stack is complete when it is published, and
// never moves, so that it can even be read in a copy of the process that was
// made at any moment (run/interrupt.h).
#ifndef BENCH_PROFILER_COLLECTORS_TABLE_KNOWN_STACKS_H_
#define BENCH_PROFILER_COLLECTORS_TABLE_KNOWN_STACKS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/table/lock_free_trie.h"
#include "bench_profiler/platform/page_arena.h"

namespace bench_profiler {

struct KnownStack {
  uint64_t hash = 0;
  uint32_t depth = 0;
  bool truncated = false;
  uint32_t number = 0;                     // of SampleSink::Keep; the drainer's
  std::atomic<KnownStack*> below[2] = {};  // in the trie
  KnownStack* older = nullptr;             // of all

  uintptr_t* addresses() { return reinterpret_cast<uintptr_t*>(this + 1); }
};

class KnownStacks {
 public:
  // The stacks lie in `arena`, which lives as long.
  explicit KnownStacks(PageArena* arena) : arena_(arena) {}

  // Returns false if the system has no memory left.
  bool Start() { return trie_.Start(); }

  // Returns null if the system has no memory left. Thread- and
  // async-signal-safe.
  KnownStack* Find(const uintptr_t* addresses, size_t depth, bool truncated);

  // Hands over the stacks that came since the last call, and sets their
  // numbers. One caller at a time.
  void HandOverNew(SampleSink* sink);

 private:
  PageArena* const arena_;
  LockFreeTrie<KnownStack> trie_;
  std::atomic<KnownStack*> latest_{nullptr};
  KnownStack* handed_over_ = nullptr;  // the latest one; the drainer's
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_TABLE_KNOWN_STACKS_H_
