#include "bench_profiler/symbolize/dwarf_index.h"

#include <dwarf.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace bench_profiler {
namespace {

constexpr size_t kMaxDepth = 512;  // of nested DIEs; more is damage

// Indices of addresses, in the order of the addresses.
using Hits = std::vector<size_t>;

class UnitWalker {
 public:
  UnitWalker(const std::vector<uint64_t>& addresses, uint64_t text_start,
             std::vector<DwarfLocation>* locations)
      : addresses_(addresses),
        text_start_(text_start),
        locations_(*locations),
        pending_(addresses.size()) {
    std::iota(pending_.begin(), pending_.end(), size_t{0});
  }

  void WalkUnit(Dwarf_CU* unit, Dwarf_Die skeleton);

 private:
  Hits Inside(Dwarf_Die* die, const Hits& candidates) const;
  void WalkChildren(Dwarf_Die* parent, const Hits& hits, size_t depth);
  void Visit(Dwarf_Die* die, const Hits& hits, size_t depth);
  void EnterFunction(Dwarf_Die* die, const Hits& inside, bool is_inlined);
  void DropFound(Hits* hits) const;

  const std::vector<uint64_t>& addresses_;
  const uint64_t text_start_;
  std::vector<DwarfLocation>& locations_;
  Hits pending_;  // no function found yet

  std::vector<Dwarf_Die> functions_;    // that the walk is in, outermost first
  const void* last_visited_ = nullptr;  // position in .debug_info
  bool thorough_ = false;               // enter DIEs that hold no address, too
};

// Those of `candidates` that the ranges of `die` contain.
Hits UnitWalker::Inside(Dwarf_Die* die, const Hits& candidates) const {
  Hits inside;
  Dwarf_Addr base = 0;
  Dwarf_Addr begin = 0;
  Dwarf_Addr end = 0;
  ptrdiff_t offset = 0;
  size_t ranges = 0;
  while ((offset = dwarf_ranges(die, offset, &base, &begin, &end)) > 0) {
    if (begin < text_start_) continue;
    auto it = std::lower_bound(
        candidates.begin(), candidates.end(), begin,
        [this](size_t i, uint64_t value) { return addresses_[i] < value; });
    size_t hits_of_range = 0;
    for (; it != candidates.end() && addresses_[*it] < end; ++it) {
      inside.push_back(*it);
      ++hits_of_range;
    }
    if (hits_of_range != 0) ++ranges;
  }
  if (ranges > 1) {
    std::sort(inside.begin(), inside.end());
    inside.erase(std::unique(inside.begin(), inside.end()), inside.end());
  }
  return inside;
}

void UnitWalker::EnterFunction(Dwarf_Die* die, const Hits& inside,
                               bool is_inlined) {
  // A nested function is called by its surroundings, not inlined into them.
  if (!is_inlined) functions_.clear();
  functions_.push_back(*die);
  for (const size_t i : inside) locations_[i].functions = functions_;
}

void UnitWalker::Visit(Dwarf_Die* die, const Hits& hits, size_t depth) {
  switch (dwarf_tag(die)) {
    case DW_TAG_subprogram:
    case DW_TAG_inlined_subroutine: {
      const Hits inside = Inside(die, hits);
      if (inside.empty() && !thorough_) return;
      const std::vector<Dwarf_Die> outer = functions_;
      EnterFunction(die, inside, dwarf_tag(die) != DW_TAG_subprogram);
      WalkChildren(die, thorough_ ? hits : inside, depth + 1);
      functions_ = outer;
      return;
    }
    case DW_TAG_lexical_block: {
      // A block without ranges of its own only groups declarations.
      if (thorough_) return WalkChildren(die, hits, depth + 1);
      const Hits inside = Inside(die, hits);
      if (!inside.empty()) WalkChildren(die, inside, depth + 1);
      return;
    }
    case DW_TAG_namespace:
    case DW_TAG_module:
      return WalkChildren(die, hits, depth + 1);
    case DW_TAG_class_type:
    case DW_TAG_structure_type:
    case DW_TAG_union_type:
      // GCC puts the code of a lambda into the closure type.
      if (thorough_) WalkChildren(die, hits, depth + 1);
      return;
    default:
      return;
  }
}

void UnitWalker::WalkChildren(Dwarf_Die* parent, const Hits& hits,
                              size_t depth) {
  Dwarf_Die die;
  if (depth > kMaxDepth || dwarf_child(parent, &die) != 0) return;
  do {
    // DIEs are stored in the order of this walk: going back means a loop in
    // damaged data.
    if (die.addr <= last_visited_) return;
    last_visited_ = die.addr;
    Visit(&die, hits, depth);
  } while (dwarf_siblingof(&die, &die) == 0);
}

void UnitWalker::DropFound(Hits* hits) const {
  const auto found = [this](size_t i) {
    return !locations_[i].functions.empty();
  };
  hits->erase(std::remove_if(hits->begin(), hits->end(), found), hits->end());
}

void UnitWalker::WalkUnit(Dwarf_CU* unit, Dwarf_Die skeleton) {
  Hits hits = Inside(&skeleton, pending_);
  if (hits.empty()) return;
  for (const size_t i : hits) locations_[i].unit = skeleton;
  // The functions of split DWARF are in a unit of another file, their ranges
  // and lines in this one.
  Dwarf_Die root = {};
  dwarf_cu_info(unit, nullptr, nullptr, nullptr, &root, nullptr, nullptr,
                nullptr);
  if (!root.addr) root = skeleton;
  for (const bool thorough : {false, true}) {
    thorough_ = thorough;
    last_visited_ = nullptr;
    WalkChildren(&root, hits, 0);
    DropFound(&hits);
    if (hits.empty()) break;
  }
  DropFound(&pending_);
}

}  // namespace

std::vector<DwarfLocation> FindFunctions(Dwarf* dwarf,
                                         const std::vector<uint64_t>& addresses,
                                         uint64_t text_start) {
  std::vector<DwarfLocation> locations(addresses.size());
  UnitWalker walker(addresses, text_start, &locations);
  Dwarf_CU* unit = nullptr;
  Dwarf_Die die;
  while (dwarf_get_units(dwarf, unit, &unit, nullptr, nullptr, &die, nullptr) ==
         0) {
    walker.WalkUnit(unit, die);
  }
  return locations;
}

}  // namespace bench_profiler
