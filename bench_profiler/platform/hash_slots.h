// Hash tables by open addressing: one array of slots, of which at most half are
// in use. The search for a key starts at the slot that its hash names, and goes
// on from slot to slot until it comes to a free one.
//
//   PageHash<uint32_t> index;                     // of rows, 0: free
//   const auto key_of = [&](uint32_t slot) { return rows[slot].key; };
//   if (!index.MakeRoom(rows.size(), key_of)) ... // no memory left
//   uint32_t* slot = index.Find(key, [&](uint32_t row) { ... });
//   if (*slot == 0) *slot = number_of_a_new_row;
//
// A slot is free if it converts to false, as one of zero bytes has to. `key_of`
// returns the 64 bits by which a slot was put into the table. They need not be
// unique, and may be as regular as addresses, since they are mixed here.
#ifndef BENCH_PROFILER_PLATFORM_HASH_SLOTS_H_
#define BENCH_PROFILER_PLATFORM_HASH_SLOTS_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/platform/page_array.h"

namespace bench_profiler {

// The work on an array that somebody else owns. `size` is a power of two.
template <class Slot>
struct HashSlots {
  Slot* slots = nullptr;
  size_t size = 0;

  bool HasRoomFor(size_t used) const { return 2 * used <= size; }

  // Returns the slot for which `same` is true, or else the free one where it
  // belongs.
  template <class Same>
  Slot* Find(uint64_t key, Same same) const {
    size_t i = HomeOf(key);
    while (slots[i] && !same(slots[i])) i = Next(i);
    return slots + i;
  }

  // Copies the slots of a smaller table into this one, which has to be empty.
  template <class KeyOf>
  void Fill(const HashSlots& smaller, KeyOf key_of) const {
    for (size_t i = 0; i < smaller.size; ++i) {
      const Slot& slot = smaller.slots[i];
      if (!slot) continue;
      *Find(key_of(slot), [](const Slot&) { return false; }) = slot;
    }
  }

  // Frees a slot. Slots behind it move up, unless the search for them starts
  // after their new place (Knuth, TAOCP 3, 6.4, algorithm R).
  template <class KeyOf>
  void Free(Slot* slot, KeyOf key_of) const {
    auto hole = static_cast<size_t>(slot - slots);
    for (size_t i = Next(hole); slots[i]; i = Next(i)) {
      const size_t home = HomeOf(key_of(slots[i]));
      if (((i - home) & (size - 1)) < ((i - hole) & (size - 1))) continue;
      slots[hole] = slots[i];
      hole = i;
    }
    slots[hole] = Slot{};
  }

 private:
  size_t Next(size_t i) const { return (i + 1) & (size - 1); }

  // Fibonacci hashing: the upper half of the product depends on all bits.
  size_t HomeOf(uint64_t key) const {
    return (key * 0x9E3779B97F4A7C15u) >> 32 & (size - 1);
  }
};

// The same in pages of its own. Not thread-safe.
template <class Slot>
class PageHash {
 public:
  // Call before Find adds a slot: `used` is how many there will be. Returns
  // false, and changes nothing, if the system has no memory left.
  template <class KeyOf>
  bool MakeRoom(size_t used, KeyOf key_of) {
    if (View(&slots_).HasRoomFor(used)) return true;
    constexpr size_t kFirstSize = 1024;
    PageArray<Slot> larger;
    if (!larger.Resize(slots_.size() == 0 ? kFirstSize : 2 * slots_.size())) {
      return false;
    }
    View(&larger).Fill(View(&slots_), key_of);
    slots_.Swap(larger);
    return true;
  }

  // See HashSlots. Only when MakeRoom has succeeded once.
  template <class Same>
  Slot* Find(uint64_t key, Same same) {
    return View(&slots_).Find(key, same);
  }
  template <class KeyOf>
  void Free(Slot* slot, KeyOf key_of) {
    View(&slots_).Free(slot, key_of);
  }

  // All slots, the free ones too.
  const Slot* begin() const { return slots_.begin(); }
  const Slot* end() const { return slots_.end(); }

 private:
  static HashSlots<Slot> View(PageArray<Slot>* slots) {
    return {slots->data(), slots->size()};
  }

  PageArray<Slot> slots_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_HASH_SLOTS_H_
