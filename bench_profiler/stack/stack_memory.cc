#include "bench_profiler/stack/stack_memory.h"

#include "bench_profiler/platform/readable_memory.h"
#include "bench_profiler/platform/thread_state.h"

namespace bench_profiler {

bool StackMemory::Probe(uintptr_t address) {
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

bool StackMemory::ReadOfOther(uintptr_t address, uintptr_t* word) {
  return CopyMemory(address, word, sizeof(*word)) == sizeof(*word);
}

}  // namespace bench_profiler
