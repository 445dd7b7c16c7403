#include "bench_profiler/sampling/sampling.h"

#include <sched.h>
#include <time.h>

#include "bench_profiler/interpose/loader_hooks.h"
#include "bench_profiler/platform/fork_events.h"
#include "bench_profiler/platform/never_destroyed.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/record/sample_buffer.h"
#include "bench_profiler/sampling/drain_thread.h"
#include "bench_profiler/sampling/loader_calls.h"
#include "bench_profiler/sampling/section.h"
#include "bench_profiler/sampling/sources.h"
#include "bench_profiler/stack/frame_cache.h"
#include "bench_profiler/stack/loaded_object.h"

namespace bench_profiler {
namespace {

int64_t MonotonicNanos() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

// Samples in a library must be handed over before it is closed, since another
// library may be loaded to the same addresses.
void AfterClose() {
  ForgetFrameRules();
  const LoaderCall call;
  UpdateLoadedObjects();
}
constexpr LoaderHandlers kLoaderHandlers = {DrainIfIdle, AfterClose};

bool has_drain_thread = false;  // changed in sections

// For the child of a fork, where no static may be made.
Sources* present_sources = nullptr;

void ForgetInChild() {
  present_sources->ForgetInChild();
  has_drain_thread = false;
  UninterruptedSection::ForgetInChild();
  LoaderCall::AfterFork();
}
constexpr ForkHandlers kForkHandlers = {LoaderCall::BeforeFork,
                                        LoaderCall::AfterFork, ForgetInChild};

Sources& TheSources() {
  static Sources* const sources = [] {
    static NeverDestroyed<Sources> made;  // threads may outlive main
    present_sources = &*made;
    SetLoaderHandlers(&kLoaderHandlers);
    AddForkHandlers(&kForkHandlers);
    return present_sources;
  }();
  return *sources;
}

// The section of one of the functions below. If one is called in a forked
// child, something is to be profiled there from now on.
class Section {
 public:
  Section() = default;

 private:
  struct Adoption {
    Adoption() { AdoptProcess(); }
  };
  Adoption adoption_;
  UninterruptedSection section_;
};

// Ends the thread when nobody listens.
bool DrainInTime() {
  const Section section;
  if (!TheSources().HasStreamListeners()) return has_drain_thread = false;
  if (SampleBuffer::IsTimeToDrain()) TheSources().DrainAll();
  return true;
}

void KeepDrainingIfNeeded() {
  if (has_drain_thread || !TheSources().HasStreamListeners() ||
      ThreadCount() < 2) {
    return;
  }
  has_drain_thread = KeepDraining(DrainInTime);
}

// Enters a section, unless another thread stays in one for long.
bool EnterSoon() {
  constexpr int64_t kPatienceNanos = 20 * 1000 * 1000;
  if (UninterruptedSection::IsMine()) return false;
  const int64_t start = MonotonicNanos();
  while (!UninterruptedSection::TryEnter()) {
    if (MonotonicNanos() - start > kPatienceNanos) return false;
    sched_yield();
  }
  return true;
}

}  // namespace

Error Listen(size_t kind, const CollectorOptions& options, SampleSet* set,
             Error* notice) {
  const Section section;
  const Error error = TheSources().Listen(kind, options, set, notice);
  if (!error) KeepDrainingIfNeeded();
  return error;
}

void UnlistenInSection(size_t kind, SampleSet* set) {
  TheSources().Unlisten(kind, set);
}

void Unlisten(size_t kind, SampleSet* set) {
  const Section section;
  UnlistenInSection(kind, set);
}

Error SetRate(size_t kind, int64_t rate) {
  const Section section;
  return TheSources().SetRate(kind, rate);
}

int64_t Rate(size_t kind) {
  const Section section;
  return TheSources().Rate(kind);
}

void DrainAllInSection() { TheSources().DrainAll(); }

void DrainAll() {
  const Section section;
  DrainAllInSection();
}

void DrainIfIdle() {
  if (InForkedChild() || !EnterSoon()) return;
  DrainAllInSection();
  UninterruptedSection::Leave();
}

Error TakeSnapshotInSection(size_t kind, SampleSet* set) {
  return TheSources().TakeSnapshot(kind, set);
}

Error TakeSnapshot(size_t kind, SampleSet* set) {
  const Section section;
  return TakeSnapshotInSection(kind, set);
}

void HandOverInCopy(SampleSet* set) { TheSources().HandOverInCopy(set); }

void EndRunInSection(uint32_t run) { TheSources().EndRun(run); }

void HideRange(AddressRange range, bool with_callees) {
  const Section section;
  TheSources().resolver.hidden.Hide(range, with_callees);
}

void HideModuleOf(const void* address) {
  const Section section;
  TheSources().HideModuleOf(reinterpret_cast<uintptr_t>(address));
}

}  // namespace bench_profiler
