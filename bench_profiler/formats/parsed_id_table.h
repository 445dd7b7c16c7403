// Finds entries of a file by their ids, which may be any numbers but 0.
//
//   IdTable table;
//   table.Add(7);                    // the entry with the index 0
//   table.Add(9);                    // the entry with the index 1
//   if (table.Sort() != 0) ...       // an id that is there twice
//   table.Find(9);                   // 1
//
// No hash table: a file could be made so that all of its ids collide in one.
#ifndef BENCH_PROFILER_FORMATS_PARSED_ID_TABLE_H_
#define BENCH_PROFILER_FORMATS_PARSED_ID_TABLE_H_

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace bench_profiler {

class IdTable {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  void Add(uint64_t id) {
    ids_.emplace_back(id, static_cast<uint32_t>(ids_.size()));
  }

  // To be called once, before Find(). Returns an id that was added twice, or 0.
  uint64_t Sort() {
    std::sort(ids_.begin(), ids_.end());
    const auto twice = std::adjacent_find(
        ids_.begin(), ids_.end(),
        [](const auto& a, const auto& b) { return a.first == b.first; });
    return twice == ids_.end() ? 0 : twice->first;
  }

  // Returns the index of the entry, or kNone.
  uint32_t Find(uint64_t id) const {
    // Nearly all files count from 1.
    if (id - 1 < ids_.size() && ids_[id - 1].first == id) {
      return ids_[id - 1].second;
    }
    const auto found = std::lower_bound(ids_.begin(), ids_.end(),
                                        std::make_pair(id, uint32_t{0}));
    return found != ids_.end() && found->first == id ? found->second : kNone;
  }

 private:
  std::vector<std::pair<uint64_t, uint32_t>> ids_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_ID_TABLE_H_
