// A growing hash table whose entries stay where they are. It needs no lock and
// no malloc.
//
//   struct Entry { std::atomic<Entry*> below[2]; ... };
//   LockFreeTrie<Entry> trie;
//   Entry* entry = trie.FindOrAdd(hash, same, make, &added);
//
// The first bits of a hash choose a root, and the next ones choose the way down
// from entry to entry. A new entry is put where its way ends, by one exchange
// of a null pointer. Nothing is moved to make room. When there are as many
// entries as roots, sixteen times as many roots are added. New entries go
// there, and the old ones, in the end one in sixteen, stay below their roots.
// So a search looks at two or three entries, of a thousand as well as of a
// million.
#ifndef BENCH_PROFILER_COLLECTORS_TABLE_LOCK_FREE_TRIE_H_
#define BENCH_PROFILER_COLLECTORS_TABLE_LOCK_FREE_TRIE_H_

#include <sys/mman.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace bench_profiler {

// Adds a word to a hash.
inline uint64_t MixHash(uint64_t hash, uint64_t word) {
  constexpr uint64_t kGoldenRatio = 0x9E3779B97F4A7C15u;
  hash = (hash ^ word) * kGoldenRatio;
  return hash ^ hash >> 32;
}

template <class Entry>
class LockFreeTrie {
 public:
  // Returns false if the system has no memory left. May be called again.
  bool Start() { return roots_[0].load() != nullptr || AddRoots(0); }

  // Returns the entry with `hash` for which `same` is true. If there is none,
  // returns the one that `make` makes, and sets `*added`; null if `make`
  // returns null. If two threads add the same at the same time, the second one
  // mostly finds the first one's entry where it wants to put its own, which
  // then stays unused. While roots are added, both entries may stay.
  template <class Same, class Make>
  Entry* FindOrAdd(uint64_t hash, Same same, Make make, bool* added) {
    *added = false;
    const int latest = latest_.load(std::memory_order_acquire);
    Way way = From(latest, hash);
    if (Entry* entry = way.Find(same)) return entry;
    for (int older = latest - 1; older >= 0; --older) {
      Way other = From(older, hash);
      if (Entry* entry = other.Find(same)) return entry;
    }
    Entry* fresh = make();
    if (fresh == nullptr) return nullptr;
    while (!way.Put(fresh)) {
      if (Entry* entry = way.Find(same)) return entry;
    }
    *added = true;
    const size_t size = size_.fetch_add(1, std::memory_order_relaxed) + 1;
    // If there is no memory, the next try is when there are twice as many
    // entries.
    const bool is_power = (size & (size - 1)) == 0;
    if (is_power && size >= RootsOf(latest) && latest + 1 < kSteps) {
      AddRoots(latest + 1);
    }
    return fresh;
  }

  // Calls `visit` with each entry.
  template <class Visitor>
  void ForEach(Visitor&& visit) const {
    for (int step = 0; step <= latest_.load(std::memory_order_acquire);
         ++step) {
      const Link* roots = roots_[step].load(std::memory_order_relaxed);
      for (size_t i = 0; i < RootsOf(step); ++i) {
        Visit(roots[i].load(std::memory_order_acquire), visit);
      }
    }
  }

 private:
  using Link = std::atomic<Entry*>;

  static constexpr int kSteps = 3;
  static constexpr int RootBits(int step) { return 14 + 4 * step; }
  static constexpr size_t RootsOf(int step) {
    return size_t{1} << RootBits(step);
  }

  // The way down of a hash, and how far it has been followed.
  class Way {
   public:
    Way(Link* root, uint64_t bits) : link_(root), bits_(bits) {}

    // Returns the first entry on the rest of the way for which `same` is true,
    // or null at the end of the way.
    template <class Same>
    Entry* Find(Same same) {
      Entry* entry = link_->load(std::memory_order_acquire);
      for (; entry != nullptr; entry = link_->load(std::memory_order_acquire)) {
        if (same(*entry)) return entry;
        link_ = &entry->below[bits_ >> 63];
        bits_ <<= 1;
      }
      return nullptr;
    }

    // Puts the entry at the end of the way. Returns false if the way has become
    // longer.
    bool Put(Entry* entry) {
      Entry* none = nullptr;
      return link_->compare_exchange_strong(none, entry);
    }

   private:
    Link* link_;
    uint64_t bits_;
  };

  Way From(int step, uint64_t hash) const {
    const int bits = RootBits(step);
    Link* roots = roots_[step].load(std::memory_order_relaxed);
    return Way(&roots[hash >> (64 - bits)], hash << bits);
  }

  // A root of zero bytes has no entries. Pages that are never used cost
  // nothing.
  bool AddRoots(int step) {
    const size_t bytes = RootsOf(step) * sizeof(Link);
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return false;
    Link* none = nullptr;
    if (roots_[step].compare_exchange_strong(none,
                                             static_cast<Link*>(memory))) {
      latest_.store(step, std::memory_order_release);
    } else {
      munmap(memory, bytes);
    }
    return true;
  }

  // The recursion is as deep as the trie on the second side, at most as many
  // levels as a hash has bits. Entries with the same hash are below each other
  // on the first side.
  template <class Visitor>
  static void Visit(const Entry* entry, Visitor& visit) {
    while (entry != nullptr) {
      visit(*entry);
      Visit(entry->below[1].load(std::memory_order_acquire), visit);
      entry = entry->below[0].load(std::memory_order_acquire);
    }
  }

  std::atomic<Link*> roots_[kSteps] = {};
  std::atomic<int> latest_{0};
  std::atomic<size_t> size_{0};
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_TABLE_LOCK_FREE_TRIE_H_
