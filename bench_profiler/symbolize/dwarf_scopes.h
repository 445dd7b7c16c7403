// Finds what a DIE is in.
//
//   DwarfScopes scopes;
//   Dwarf_Die parent;
//   if (scopes.Parent(die, &parent)) ...  // a namespace, a class, a block
//
// Debug information has no references to parents, and dwarf_getscopes_die reads
// a whole unit for each question. DIEs are stored in the order of a walk, so
// the parent is found by going down from the unit, each time to the last child
// that begins before the DIE.
#ifndef BENCH_PROFILER_SYMBOLIZE_DWARF_SCOPES_H_
#define BENCH_PROFILER_SYMBOLIZE_DWARF_SCOPES_H_

#include <elfutils/libdw.h>

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace bench_profiler {

class DwarfScopes {
 public:
  // Returns false for a unit, and for a DIE that damage has made unreachable.
  bool Parent(const Dwarf_Die& die, Dwarf_Die* parent);

  // The children of a DIE, in their order, as far as they are not damaged.
  std::vector<Dwarf_Die> Children(const Dwarf_Die& die);

 private:
  // Where the children begin: sorted.
  const std::vector<void*>& Addresses(const Dwarf_Die& die);

  std::unordered_map<const void*, std::vector<void*>> children_;
  size_t known_ = 0;  // addresses in children_
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SYMBOLIZE_DWARF_SCOPES_H_
