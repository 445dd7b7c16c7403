#include "bench_profiler/sampling/stack_resolver.h"

namespace bench_profiler {
namespace {

bool IsIn(const PageArray<AddressRange>& ranges, uint64_t address) {
  for (const AddressRange& range : ranges) {
    if (address >= range.start && address < range.limit) return true;
  }
  return false;
}

}  // namespace

void StackResolver::Hide(AddressRange range, bool with_callees) {
  PageArray<AddressRange>& ranges =
      with_callees ? hidden_with_callees_ : hidden_;
  for (const AddressRange& known : ranges) {
    if (known.start == range.start && known.limit == range.limit) return;
  }
  ranges.Append(range);
}

void StackResolver::HideModuleOf(uint64_t address) {
  modules_.Update();
  const uint32_t module = modules_.Find(address);
  if (module == kNoModule) return;
  Hide({modules_.rows()[module].start, modules_.rows()[module].limit},
       /*with_callees=*/false);
}

bool StackResolver::Hides(uint64_t address) const {
  return IsIn(hidden_, address);
}

bool StackResolver::HidesCallees(uint64_t address) const {
  return IsIn(hidden_with_callees_, address);
}

size_t StackResolver::Resolve(const StackView& stack,
                              StackFrame* frames) const {
  size_t size = 0;
  if (stack.truncated) frames[size++] = {kTruncatedAddress, kNoModule};
  for (size_t i = stack.depth; i-- > 0;) {
    const uint64_t address = stack.addresses[i];
    if (HidesCallees(address)) break;
    if (Hides(address)) continue;
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
