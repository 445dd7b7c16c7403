#include "bench_profiler/record/label_sets.h"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "bench_profiler/record/label_list.h"

namespace bench_profiler {
namespace {

constexpr size_t kMapped = size_t{64} << 20;
constexpr uint32_t kSetBits = 20;
constexpr uint32_t kMaxSets = uint32_t{1} << kSetBits;
constexpr size_t kSlots = size_t{2} * kMaxSets;

// Mapped with the first set. A page takes memory only when it is first used.
struct Tables {
  // A hash table from which nothing is removed, and which is at most half full.
  // A slot has the number of a set in its lower bits, and bits of the hash
  // above them. 0: free.
  std::atomic<uint32_t> slots[kSlots];
  LabelSet sets[kMaxSets];
  std::atomic<uint32_t> num_sets;  // those in use, without the empty one
  std::atomic<size_t> texts_used;
};
constexpr size_t kTextsSize = kMapped - sizeof(Tables);

std::atomic<Tables*> tables{nullptr};
std::atomic<uint64_t> lost{0};

Tables* GetTables() {
  Tables* present = tables.load(std::memory_order_acquire);
  if (present != nullptr) return present;
  void* memory = mmap(nullptr, kMapped, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  // All of it starts with zero bytes.
  if (tables.compare_exchange_strong(present, static_cast<Tables*>(memory),
                                     std::memory_order_acq_rel)) {
    return static_cast<Tables*>(memory);
  }
  munmap(memory, kMapped);
  return present;
}

// Returns room for the labels of a set and their texts, or null.
UserLabel* TakeRoom(Tables* table, const LabelList& list) {
  size_t size = list.size() * sizeof(UserLabel) + list.TextSize();
  size =
      (size + alignof(UserLabel) - 1) / alignof(UserLabel) * alignof(UserLabel);
  size_t used = table->texts_used.load(std::memory_order_relaxed);
  do {
    if (size > kTextsSize - used) return nullptr;
  } while (!table->texts_used.compare_exchange_weak(used, used + size));
  return reinterpret_cast<UserLabel*>(reinterpret_cast<char*>(table + 1) +
                                      used);
}

char* CopyText(const LabelList::Text& text, char* to) {
  std::memcpy(to, text.data, text.size);
  return to + text.size + 1;  // the NUL is there already
}

// Makes a new set, which nobody can find yet. Returns 0 if there is no room.
uint32_t NewSet(Tables* table, const LabelList& list) {
  uint32_t before = table->num_sets.load(std::memory_order_relaxed);
  do {
    if (before + 1 >= kMaxSets) return 0;
  } while (!table->num_sets.compare_exchange_weak(before, before + 1));
  const uint32_t number = before + 1;
  UserLabel* labels = TakeRoom(table, list);
  if (labels == nullptr) return 0;
  char* text = reinterpret_cast<char*>(labels + list.size());
  UserLabel* label = labels;
  for (const LabelList::Entry& entry : list) {
    label->key = text;
    text = CopyText(entry.key, text);
    label->value = text;
    text = CopyText(entry.value, text);
    ++label;
  }
  table->sets[number] = {labels, list.size()};
  return number;
}

uint32_t Find(const LabelList& list) {
  if (list.size() == 0) return 0;
  Tables* table = GetTables();
  if (table == nullptr) return 0;
  const uint64_t hash = list.Hash();
  const uint32_t upper_bits = static_cast<uint32_t>(hash) & ~(kMaxSets - 1);
  uint32_t ours = 0;
  for (size_t at = (hash >> 32) % kSlots;; at = (at + 1) % kSlots) {
    std::atomic<uint32_t>& slot = table->slots[at];
    uint32_t present = slot.load(std::memory_order_acquire);
    if (present == 0) {
      if (ours == 0) ours = NewSet(table, list);
      if (ours == 0) return 0;
      if (slot.compare_exchange_strong(present, upper_bits | ours,
                                       std::memory_order_acq_rel)) {
        return ours;
      }
      // Another thread was faster, perhaps with the same set. Then ours stays
      // unused.
    }
    const uint32_t number = present & (kMaxSets - 1);
    if ((present & ~(kMaxSets - 1)) == upper_bits &&
        list.Equals(table->sets[number])) {
      return number;
    }
  }
}

uint32_t FindOrCountLost(const LabelList& list) {
  const uint32_t number = Find(list);
  if (number == 0 && list.size() > 0) {
    lost.fetch_add(1, std::memory_order_relaxed);
  }
  return number;
}

void AddSet(uint32_t number, LabelList* list) {
  if (number == 0) return;
  for (const UserLabel& label : LabelSets()[number]) {
    list->Set(label.key, std::strlen(label.key), label.value,
              std::strlen(label.value));
  }
}

}  // namespace

uint32_t InternLabels(uint32_t base, const pprof::Label* labels, size_t count) {
  LabelList list;
  AddSet(base, &list);
  for (size_t i = 0; i < count; ++i) {
    const pprof::Label& label = labels[i];
    list.Set(label.key.data(), label.key.size(), label.value.data(),
             label.value.size());
  }
  return FindOrCountLost(list);
}

uint32_t MergeLabels(uint32_t base, uint32_t over) {
  if (base == 0 || over == 0 || base == over) return base | over;
  // Each entry has both sets and the merged one, in one word. 0: none.
  static std::atomic<uint64_t> cache[1024];
  const uint64_t key = (uint64_t{base} << kSetBits | uint64_t{over})
                       << kSetBits;
  std::atomic<uint64_t>& entry = cache[(base * 31 + over) % std::size(cache)];
  const uint64_t cached = entry.load(std::memory_order_acquire);
  if ((cached & ~uint64_t{kMaxSets - 1}) == key) {
    return static_cast<uint32_t>(cached) & (kMaxSets - 1);
  }
  LabelList list;
  AddSet(base, &list);
  AddSet(over, &list);
  const uint32_t merged = FindOrCountLost(list);
  if (merged != 0) entry.store(key | merged, std::memory_order_release);
  return merged;
}

ArrayView<LabelSet> LabelSets() {
  static constexpr LabelSet kNone[1] = {};
  const Tables* table = tables.load(std::memory_order_acquire);
  if (table == nullptr) return {kNone, 1};
  return {table->sets, size_t{1} + table->num_sets.load()};
}

uint64_t LostLabelSets() { return lost.load(std::memory_order_relaxed); }

}  // namespace bench_profiler
