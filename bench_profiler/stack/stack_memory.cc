#include "bench_profiler/stack/stack_memory.h"

#include "bench_profiler/platform/readable_memory.h"

namespace bench_profiler {
namespace {

using UnalignedWord = uintptr_t __attribute__((may_alias, aligned(1)));

bool Contains(const StackBounds& range, uintptr_t first, uintptr_t last) {
  return first >= range.low && last < range.high;
}

// What is read belongs to other functions' frames: to AddressSanitizer it is
// poisoned between their variables, to ThreadSanitizer it is a race.
__attribute__((no_sanitize("address", "thread", "undefined"))) uintptr_t Load(
    uintptr_t address) {
  return *reinterpret_cast<const volatile UnalignedWord*>(address);
}

}  // namespace

bool StackMemory::Read(uintptr_t address, uintptr_t* word) {
  const uintptr_t last = address + sizeof(*word) - 1;
  if (last < address) return false;
  if (!Contains(stack_, address, last) && !Contains(probed_, address, last) &&
      !CanRead(address, last)) {
    return false;
  }
  *word = Load(address);
  return true;
}

bool StackMemory::CanRead(uintptr_t first, uintptr_t last) {
  return ProbePage(first) && ProbePage(last);
}

bool StackMemory::ProbePage(uintptr_t address) {
  if (Contains(stack_, address, address) ||
      Contains(probed_, address, address)) {
    return true;
  }
  if (!IsReadable(address)) return false;
  const uintptr_t page = address & ~(kPageSize - 1);
  if (page != probed_.high) probed_.low = page;
  probed_.high = page + kPageSize;
  return true;
}

}  // namespace bench_profiler
