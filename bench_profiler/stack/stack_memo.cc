#include "bench_profiler/stack/stack_memo.h"

#include <sys/mman.h>

#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/frame_cache.h"

namespace bench_profiler {

StackMemo* StackMemo::New() {
  // An entry of zero bytes has no answer.
  void* memory = mmap(nullptr, sizeof(StackMemo), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<StackMemo*>(memory);
}

void StackMemo::Clear() {
  for (Set& set : sets_) {
    for (Entry& entry : set.entries) entry.answer = nullptr;
  }
}

StackMemo::Key StackMemo::KeyOf(const ucontext_t& context, uintptr_t caller) {
  return {StackPointer(context), caller, FrameRuleGeneration()};
}

size_t StackMemo::SetOf(const Key& key) {
  constexpr uint64_t kGoldenRatio = 0x9E3779B97F4A7C15u;
  const uint64_t hash = (key.stack_pointer ^ key.caller << 20) * kGoldenRatio;
  return hash >> 32 & (kSets - 1);
}

void* StackMemo::Find(const ucontext_t& context, uintptr_t caller) const {
  const Key key = KeyOf(context, caller);
  for (const Entry& entry : sets_[SetOf(key)].entries) {
    if (entry.answer != nullptr && entry.key == key &&
        (!entry.log.uses_frame_pointer ||
         entry.frame_pointer == FramePointer(context)) &&
        entry.log.Holds()) {
      return entry.answer;
    }
  }
  return nullptr;
}

void StackMemo::Add(const ucontext_t& context, uintptr_t caller,
                    const WalkLog& log, void* answer) {
  if (!log.complete) return;
  const Key key = KeyOf(context, caller);
  Set& set = sets_[SetOf(key)];
  Entry& entry = set.entries[set.next];
  set.next = (set.next + 1) % kWays;
  entry.key = key;
  entry.frame_pointer = FramePointer(context);
  entry.answer = answer;
  entry.log.CopyFrom(log);
}

}  // namespace bench_profiler
