#include "bench_profiler/sampling/stack_resolver.h"

namespace bench_profiler {
void StackResolver::HideModuleOf(uint64_t address) {
  modules_.Update();
  const uint32_t module = modules_.Find(address);
  if (module == kNoModule) return;
  hidden.Hide({modules_.rows()[module].start, modules_.rows()[module].limit},
              /*with_callees=*/false);
}

size_t StackResolver::Resolve(const StackView& stack,
                              StackFrame* frames) const {
  size_t size = 0;
  if (stack.truncated) frames[size++] = {kTruncatedAddress, kNoModule};
  for (size_t i = stack.depth; i-- > 0;) {
    const uint64_t address = stack.addresses[i];
    if (hidden.HidesCallees(address)) break;
    if (hidden.Hides(address)) continue;
    frames[size++] = {address, modules_.Find(address)};
  }
  return size;
}

uint32_t StackResolver::Keep(const StackView& stack) {
  uint32_t number = StackTable::kRoot;
  if (stack.truncated) {
    number = kept_.Child(number, kTruncatedAddress, kNoModule);
  }
  for (size_t i = stack.depth; i-- > 0;) {
    const uint64_t address = stack.addresses[i];
    number = kept_.Child(number, address, modules_.Find(address));
  }
  return number;
}

}  // namespace bench_profiler
