#include "bench_profiler/pprof/profile_registry.h"

#include <cstring>
#include <new>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/platform/page_arena.h"
#include "bench_profiler/platform/process_lock.h"
#include "bench_profiler/pprof/custom_profile.h"
#include "bench_profiler/pprof/passed_on.h"
#include "bench_profiler/pprof/table_profile.h"
#include "bench_profiler/stack/arch/arch.h"
#include "bench_profiler/stack/loaded_object.h"
#include "bench_profiler/stack/stack_bounds.h"
#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {

Error RegisteredProfile::AddStack(const void*, const StackView&) {
  return Error::Format("pprof: Add called on built-in Profile %s", name_);
}

namespace {

// A profile that the program made.
class OwnProfile final : public RegisteredProfile {
 public:
  explicit OwnProfile(const char* name)
      : RegisteredProfile(name), profile_(name) {}

  int64_t CountNow() override { return static_cast<int64_t>(profile_.Count()); }
  Error Write(const pprof::internal::PlainSink& sink, int debug) override {
    return profile_.Write(sink, debug);
  }
  Error AddStack(const void* value, const StackView& stack) override {
    return profile_.Add(value, stack);
  }
  void RemoveValue(const void* value) override { profile_.Remove(value); }

 private:
  CustomProfile profile_;
};

ProcessLock lock;
RegisteredProfile* first = nullptr;  // of a sorted list; protected by the lock

PageArena arena;

// The place in the list where `name` is, or would be.
RegisteredProfile** Find(const char* name) {
  RegisteredProfile** place = &first;
  while (*place != nullptr &&
         std::strcmp((*place)->registered_name(), name) < 0) {
    place = &(*place)->next;
  }
  return place;
}

bool IsAt(RegisteredProfile* const* place, const char* name) {
  return *place != nullptr &&
         std::strcmp((*place)->registered_name(), name) == 0;
}

// Adds the profile, unless there is one of that name. The last step is a single
// store, so that a child that was forked in the middle finds a whole list,
// either with the profile or without it.
void Insert(RegisteredProfile* profile) {
  RegisteredProfile** place = Find(profile->registered_name());
  if (IsAt(place, profile->registered_name())) return;
  profile->next = *place;
  *place = profile;
}

void AddTables() {
  static bool added = false;
  if (added) return;
  for (size_t kind = 0; kind < Kinds().size; ++kind) {
    for (const LookupName& lookup : Kinds()[kind].lookup_names) {
      if (lookup.name == nullptr) continue;
      void* memory = arena.Allocate(sizeof(TableProfile));
      if (memory == nullptr) return;
      Insert(new (memory) TableProfile(kind, lookup));
    }
  }
  added = true;
}

RegisteredProfile* Registered(const pprof::Profile* profile) {
  return static_cast<RegisteredProfile*>(const_cast<pprof::Profile*>(profile));
}

}  // namespace

namespace pprof {

const char* Profile::name() const {
  return Registered(this)->registered_name();
}

int64_t Profile::Count() const { return Registered(this)->CountNow(); }

// Not const, since the profile changes that the object stands for. Never
// inlined, so that the first frame of the stack is this function's.
// NOLINTNEXTLINE(readability-make-member-function-const)
__attribute__((noinline)) Error Profile::Add(const void* value, int skip) {
  ucontext_t context;
  CaptureContext(&context);
  UpdateLoadedObjects();
  uintptr_t addresses[kMaxFrames];
  const StackTrace trace = WalkStackByCfi(
      context, FindStackBounds(StackPointer(context)), addresses, kMaxFrames);
  const size_t hidden = 1 + static_cast<size_t>(skip > 0 ? skip : 0);
  // If `skip` is too large, the outermost frame is kept.
  const size_t start = hidden < trace.depth ? hidden : trace.depth - 1;
  return Registered(this)->AddStack(
      value, {addresses + start, trace.depth - start, trace.truncated});
}

// NOLINTNEXTLINE(readability-make-member-function-const): as above
void Profile::Remove(const void* value) {
  Registered(this)->RemoveValue(value);
}

Profile* Lookup(const char* name) {
  if (const auto next = PassedOn<&Lookup>()) return next(name);
  const ProcessLock::Guard guard(&lock);
  AddTables();
  RegisteredProfile** place = Find(name);
  return IsAt(place, name) ? *place : nullptr;
}

Profile* NewProfile(const char* name) {
  if (const auto next = PassedOn<&NewProfile>()) return next(name);
  const size_t size = name == nullptr ? 0 : std::strlen(name);
  if (size == 0 || size >= PageArena::kMaxSize) return nullptr;
  const ProcessLock::Guard guard(&lock);
  AddTables();
  if (IsAt(Find(name), name)) return nullptr;
  void* text = arena.Allocate(size + 1);
  void* memory = arena.Allocate(sizeof(OwnProfile));
  if (text == nullptr || memory == nullptr) return nullptr;
  std::memcpy(text, name, size);
  auto* profile = new (memory) OwnProfile(static_cast<const char*>(text));
  Insert(profile);
  return profile;
}

Error internal::WriteProfile(Profile* profile, const PlainSink& sink,
                             int debug) {
  return Registered(profile)->Write(sink, debug);
}

size_t internal::ListProfiles(Profile** profiles, size_t size) {
  if (const auto next = PassedOn<&internal::ListProfiles>())
    return next(profiles, size);
  const ProcessLock::Guard guard(&lock);
  AddTables();
  size_t count = 0;
  for (RegisteredProfile* profile = first; profile != nullptr;
       profile = profile->next) {
    if (count < size) profiles[count] = profile;
    ++count;
  }
  return count;
}

}  // namespace pprof
}  // namespace bench_profiler
