#include "bench_profiler/pprof/custom_profile.h"

#include <cstring>

#include "bench_profiler/platform/fork_events.h"
#include "bench_profiler/platform/process_lock.h"

namespace bench_profiler {
namespace {

// One lock for all of these profiles. A fork waits until it is free, because
// the thread that holds it may also hold the loader's lock, which would then be
// held for ever in the child.
ProcessLock lock;

void LockForFork() { lock.Lock(); }
void UnlockAfterFork() { lock.Unlock(); }
constexpr ForkHandlers kForkHandlers = {LockForFork, UnlockAfterFork,
                                        UnlockAfterFork};

template <class T>
bool CopyArray(ArrayView<T> from, PageArray<T>* to) {
  if (!to->Resize(from.size)) return false;
  if (from.size > 0) {
    std::memcpy(to->data(), from.data, from.size * sizeof(T));
  }
  return true;
}

}  // namespace

CustomProfile::CustomProfile(const char* name) : name_(name) {
  AddForkHandlers(&kForkHandlers);
}

CustomProfile::Entry* CustomProfile::Find(const void* value) {
  return entries_.Find(
      reinterpret_cast<uintptr_t>(value),
      [value](const Entry& entry) { return entry.value == value; });
}

// Returns the number of the stack, or kRoot if no memory is left. Looks up the
// libraries of its addresses now, since they may be closed before the profile
// is written.
uint32_t CustomProfile::Stack(const StackView& stack) {
  modules_.Update();
  uint32_t number = StackTable::kRoot;
  if (stack.truncated) {
    number = stacks_.Child(number, kTruncatedAddress, kNoModule);
  }
  for (size_t i = stack.depth; i > 0; --i) {
    const uint64_t address = stack.addresses[i - 1];
    number = stacks_.Child(number, address, modules_.Find(address));
  }
  return number;
}

Error CustomProfile::Add(const void* value, const StackView& stack) {
  const ProcessLock::Guard guard(&lock);
  if (!entries_.MakeRoom(size_ + 1, KeyOf)) {
    return Error::Format("no memory left");
  }
  Entry* entry = Find(value);
  if (*entry) {
    return Error::Format("pprof: Profile.Add of duplicate value");
  }
  const uint32_t number = Stack(stack);
  if (number == StackTable::kRoot) return Error::Format("no memory left");
  *entry = {value, number};
  ++size_;
  return Error();
}

void CustomProfile::Remove(const void* value) {
  const ProcessLock::Guard guard(&lock);
  if (size_ == 0) return;
  Entry* entry = Find(value);
  if (!*entry) return;
  entries_.Free(entry, KeyOf);
  --size_;
}

size_t CustomProfile::Count() const {
  const ProcessLock::Guard guard(&lock);
  return size_;
}

bool CustomProfile::CopyTo(Copy* copy) {
  const ProcessLock::Guard guard(&lock);
  SampleRow row;
  row.values[0] = row.samples = 1;
  for (const Entry& entry : entries_) {
    if (!entry) continue;
    row.stack = entry.stack;
    if (!copy->samples.Add(row)) return false;
  }
  return CopyArray(strings_.view(), &copy->strings) &&
         CopyArray(modules_.rows(), &copy->modules) &&
         CopyArray(stacks_.nodes(), &copy->stacks);
}

Error CustomProfile::Write(const pprof::internal::PlainSink& sink, int debug) {
  Copy copy;
  if (!CopyTo(&copy)) return Error::Format("no memory left");
  RawProfile data;
  data.strings = {copy.strings.data(), copy.strings.size()};
  data.modules = {copy.modules.data(), copy.modules.size()};
  data.stacks = {copy.stacks.data(), copy.stacks.size()};
  ProfileData profile;
  profile.name = name_;
  profile.value_types[0] = {name_, "count"};
  profile.num_value_types = 1;
  profile.default_value_type = name_;
  profile.period_type = {name_, "count"};
  profile.period = 1;
  profile.samples = copy.samples.rows();
  return WriteProfile(&data, profile, debug, sink);
}

}  // namespace bench_profiler
