#include "bench_profiler/record/stack_table.h"

namespace bench_profiler {
namespace {

uint64_t Key(uint32_t parent, uint64_t address) {
  return address ^ uint64_t { parent } << 32;
}

}  // namespace

StackTable::StackTable() { nodes_.Append(StackNode{}); }

uint32_t StackTable::Child(uint32_t parent, uint64_t address, uint32_t module) {
  const auto key_of = [this](uint32_t node) {
    return Key(nodes_[node].parent, nodes_[node].address);
  };
  if (!index_.MakeRoom(nodes_.size(), key_of)) return parent;
  uint32_t* slot = index_.Find(Key(parent, address), [&](uint32_t i) {
    const StackNode& node = nodes_[i];
    return node.address == address && node.parent == parent &&
           node.module == module;
  });
  if (*slot != 0) return *slot;
  StackNode node;
  node.address = address;
  node.parent = parent;
  node.module = module;
  if (!nodes_.Append(node)) return parent;
  return *slot = static_cast<uint32_t>(nodes_.size() - 1);
}

}  // namespace bench_profiler
