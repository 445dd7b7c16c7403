#include "bench_profiler/pprof/custom_profile.h"

#include <cstring>

#include "bench_profiler/platform/fork_events.h"
#include "bench_profiler/platform/process_lock.h"

namespace bench_profiler {
namespace {

// Of all of these profiles. A fork waits for it: a thread that holds it may
// hold the loader's lock, too, which in the child would be held for ever.
ProcessLock lock;

void LockForFork() { lock.Lock(); }
void UnlockAfterFork() { lock.Unlock(); }
constexpr ForkHandlers kForkHandlers = {LockForFork, UnlockAfterFork,
                                        UnlockAfterFork};

size_t Hash(const void* value) {
  constexpr uint64_t kFactor = 0x9E3779B97F4A7C15;
  return (reinterpret_cast<uintptr_t>(value) * kFactor) >> 32;
}

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

size_t CustomProfile::Place(const void* value) const {
  size_t at = Hash(value) & (entries_.size() - 1);
  while (entries_[at].stack != 0 && entries_[at].value != value) {
    at = (at + 1) & (entries_.size() - 1);
  }
  return at;
}

bool CustomProfile::Grow() {
  if (2 * (size_ + 1) <= entries_.size()) return true;
  PageArray<Entry> before;
  before.Swap(entries_);
  constexpr size_t kFirstSize = 256;
  if (!entries_.Resize(before.size() == 0 ? kFirstSize : 2 * before.size())) {
    before.Swap(entries_);
    return false;
  }
  for (const Entry& entry : before) {
    if (entry.stack != 0) entries_[Place(entry.value)] = entry;
  }
  return true;
}

// The libraries are looked up now: they may be closed when it is written.
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
  if (!Grow()) return Error::Format("no memory left");
  Entry& entry = entries_[Place(value)];
  if (entry.stack != 0) {
    return Error::Format("pprof: Profile.Add of duplicate value");
  }
  const uint32_t number = Stack(stack);
  if (number == StackTable::kRoot) return Error::Format("no memory left");
  entry = {value, number};
  ++size_;
  return Error();
}

void CustomProfile::Remove(const void* value) {
  const ProcessLock::Guard guard(&lock);
  if (entries_.size() == 0) return;
  size_t hole = Place(value);
  if (entries_[hole].stack == 0) return;
  --size_;
  entries_[hole].stack = 0;
  // Those behind it that would not be found any more move up.
  const size_t mask = entries_.size() - 1;
  for (size_t at = (hole + 1) & mask; entries_[at].stack != 0;
       at = (at + 1) & mask) {
    const Entry entry = entries_[at];
    entries_[at].stack = 0;
    entries_[Place(entry.value)] = entry;
  }
}

size_t CustomProfile::Count() {
  const ProcessLock::Guard guard(&lock);
  return size_;
}

bool CustomProfile::CopyTo(Copy* copy) {
  const ProcessLock::Guard guard(&lock);
  SampleRow row;
  row.values[0] = row.samples = 1;
  for (const Entry& entry : entries_) {
    if (entry.stack == 0) continue;
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
