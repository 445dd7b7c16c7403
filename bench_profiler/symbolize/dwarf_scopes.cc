#include "bench_profiler/symbolize/dwarf_scopes.h"

#include <algorithm>

namespace bench_profiler {
namespace {

constexpr size_t kMaxDepth = 512;      // of nested DIEs; more is damage
constexpr size_t kMaxKnown = 1 << 20;  // 8 MB

Dwarf_Die DieAt(void* address, Dwarf_CU* unit) {
  Dwarf_Die die = {};
  die.addr = address;
  die.cu = unit;
  return die;
}

}  // namespace

const std::vector<void*>& DwarfScopes::Addresses(const Dwarf_Die& die) {
  if (known_ > kMaxKnown) {
    children_.clear();
    known_ = 0;
  }
  const auto [it, is_new] = children_.try_emplace(die.addr);
  std::vector<void*>& addresses = it->second;
  if (!is_new) return addresses;
  Dwarf_Die parent = die;
  Dwarf_Die child;
  if (dwarf_child(&parent, &child) != 0) return addresses;
  do {
    // Going back means a loop in damaged data.
    if (child.addr <= (addresses.empty() ? die.addr : addresses.back())) break;
    addresses.push_back(child.addr);
  } while (dwarf_siblingof(&child, &child) == 0);
  known_ += addresses.size();
  return addresses;
}

std::vector<Dwarf_Die> DwarfScopes::Children(const Dwarf_Die& die) {
  std::vector<Dwarf_Die> children;
  for (void* address : Addresses(die)) {
    children.push_back(DieAt(address, die.cu));
  }
  return children;
}

bool DwarfScopes::Parent(const Dwarf_Die& die, Dwarf_Die* parent) {
  Dwarf_Die child = die;
  if (dwarf_diecu(&child, parent, nullptr, nullptr) == nullptr) return false;
  for (size_t depth = 0; depth < kMaxDepth; ++depth) {
    const std::vector<void*>& children = Addresses(*parent);
    auto it = std::upper_bound(children.begin(), children.end(), die.addr);
    if (it == children.begin()) return false;
    if (*--it == die.addr) return true;
    *parent = DieAt(*it, die.cu);
  }
  return false;
}

}  // namespace bench_profiler
