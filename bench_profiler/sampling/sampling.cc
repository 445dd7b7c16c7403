#include "bench_profiler/sampling/sampling.h"

#include <cinttypes>
#include <new>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/interpose/loader_hooks.h"
#include "bench_profiler/sampling/section.h"
#include "bench_profiler/stack/frame_cache.h"
#include "bench_profiler/stack/loaded_object.h"

namespace bench_profiler {
namespace {

constexpr size_t kMaxListeners = 8;

struct Listener {
  SampleSet* set = nullptr;
  uint64_t lost_before = 0;
};

// One kind that was started at some time.
struct Source {
  Collector* collector = nullptr;  // null: none was started
  CollectorOptions options;        // that it runs with; rate 0: it does not
  CollectorOptions alone;          // what it runs with if nobody listens
  Listener listeners[kMaxListeners];
  size_t num_listeners = 0;

  Listener* Find(const SampleSet* set) {
    for (size_t i = 0; i < num_listeners; ++i) {
      if (listeners[i].set == set) return &listeners[i];
    }
    return nullptr;
  }
};

// All below in a section.
class Sampling {
 public:
  Error Listen(size_t kind, const CollectorOptions& options, SampleSet* set,
               Error* notice);
  void Unlisten(size_t kind, SampleSet* set);
  Error SetRate(size_t kind, int64_t rate);
  int64_t Rate(size_t kind) const { return sources_[kind].options.rate; }
  void Update();
  void DrainAll();
  Error Snapshot(size_t kind, SampleSet* set);
  void HandOverInCopy(SampleSet* set);
  void EndRun(uint32_t run);

  StackResolver resolver;

 private:
  class FanOut;

  Error Run(size_t kind, const CollectorOptions& options, Error* notice);
  void Drain(size_t kind);
  void Describe(size_t kind, const Listener& listener);

  Source sources_[kMaxKinds];
};

// The samples in a library must be taken over while its addresses can still be
// told from those of the library that comes next.
void AfterClose() {
  ForgetFrameRules();
  UpdateLoadedObjects();
}
constexpr LoaderHandlers kLoaderHandlers = {DrainIfIdle, AfterClose};

// Never destroyed: threads may outlive main.
Sampling& TheSampling() {
  alignas(Sampling) static char storage[sizeof(Sampling)];
  static Sampling* const sampling = [] {
    SetLoaderHandlers(&kLoaderHandlers);
    return new (storage) Sampling;
  }();
  return *sampling;
}

// Hands each sample to all who listen.
class Sampling::FanOut : public SampleSink {
 public:
  FanOut(StackResolver* resolver, size_t kind, Source* source)
      : resolver_(resolver), kind_(kind), source_(source) {}

  void Add(const StackView& stack, uint64_t activity, SampleRow row) override {
    if (source_->num_listeners == 0) return;
    StackFrame frames[StackResolver::kMaxFrames];
    const size_t size = resolver_->Resolve(stack, frames);
    for (size_t i = 0; i < source_->num_listeners; ++i) {
      SampleSet* set = source_->listeners[i].set;
      row.stack = set->Stack(frames, size);
      set->Add(kind_, activity, row);
    }
  }

  uint32_t Keep(const StackView& stack) override {
    return resolver_->Keep(stack);
  }

 private:
  StackResolver* resolver_;
  size_t kind_;
  Source* source_;
};

void Sampling::Drain(size_t kind) {
  FanOut sink(&resolver, kind, &sources_[kind]);
  sources_[kind].collector->Drain(&sink);
}

// Takes the loader's lock.
void Sampling::Update() {
  resolver.UpdateModules();
  UpdateLoadedObjects();
}

void Sampling::DrainAll() {
  Update();
  for (size_t kind = 0; kind < kMaxKinds; ++kind) {
    Source& source = sources_[kind];
    if (source.collector == nullptr) continue;
    if (source.num_listeners > 0) source.collector->FindThreads();
    Drain(kind);
  }
}

// Starts, stops, or changes the rate.
Error Sampling::Run(size_t kind, const CollectorOptions& options,
                    Error* notice) {
  Source& source = sources_[kind];
  if (options.rate == 0) {
    if (source.collector != nullptr) source.collector->Stop();
  } else {
    Collector* collector = CollectorOf(kind);
    const Error error = collector->Start(options, notice);
    if (error) return error;
    source.collector = collector;
  }
  source.options = options;
  return Error();
}

Error Sampling::SetRate(size_t kind, int64_t rate) {
  Source& source = sources_[kind];
  if (!Kinds()[kind].is_table) {
    return Error::Format("%s profiling has a rate only while somebody listens",
                         Kinds()[kind].name);
  }
  if (source.num_listeners > 0) {
    return Error::Format("%s profiling is in use, at a rate of %" PRId64,
                         Kinds()[kind].name, source.options.rate);
  }
  Error notice;
  const Error error = Run(kind, {rate, 0}, &notice);
  if (!error) source.alone = source.options;
  return error;
}

Error Sampling::Listen(size_t kind, const CollectorOptions& options,
                       SampleSet* set, Error* notice) {
  Source& source = sources_[kind];
  if (source.num_listeners == kMaxListeners) {
    return Error::Format("%s profiling is in use %zu times already",
                         Kinds()[kind].name, kMaxListeners);
  }
  Update();
  if (source.num_listeners == 0) {
    const Error error = Run(kind, options, notice);
    if (error) return error;
  }
  // What was sampled so far is for others, or for nobody.
  Drain(kind);
  source.listeners[source.num_listeners++] = {set, source.collector->Lost()};
  return Error();
}

void Sampling::Describe(size_t kind, const Listener& listener) {
  const Source& source = sources_[kind];
  listener.set->Describe(kind, source.options.rate, listener.lost_before,
                         *source.collector);
  listener.set->CopyModules(resolver);
}

void Sampling::Unlisten(size_t kind, SampleSet* set) {
  Source& source = sources_[kind];
  Listener* listener = source.Find(set);
  if (listener == nullptr) return;
  Update();
  if (source.num_listeners > 1) {
    source.collector->FindThreads();
  } else {
    source.collector->Stop();
  }
  Drain(kind);
  Describe(kind, *listener);
  if (source.num_listeners == 1) {
    Error notice;
    Run(kind, source.alone, &notice);
  }
  *listener = source.listeners[--source.num_listeners];
}

Error Sampling::Snapshot(size_t kind, SampleSet* set) {
  Source& source = sources_[kind];
  if (source.collector == nullptr || !Kinds()[kind].is_table) {
    return Error::Format("%s profiling was never started", Kinds()[kind].name);
  }
  Drain(kind);
  set->AddTable(kind, resolver, source.collector);
  Describe(kind, {set, 0});
  return Error();
}

void Sampling::HandOverInCopy(SampleSet* set) {
  for (size_t kind = 0; kind < kMaxKinds; ++kind) {
    Source& source = sources_[kind];
    const Listener* listener = source.Find(set);
    if (listener == nullptr) continue;
    Drain(kind);
    if (Kinds()[kind].is_table) {
      set->AddTable(kind, resolver, source.collector);
    }
    Describe(kind, *listener);
  }
}

void Sampling::EndRun(uint32_t run) {
  for (Source& source : sources_) {
    if (source.num_listeners > 0) source.collector->EndRun(run);
  }
}

}  // namespace

Error Listen(size_t kind, const CollectorOptions& options, SampleSet* set,
             Error* notice) {
  const UninterruptedSection section;
  return TheSampling().Listen(kind, options, set, notice);
}

void UnlistenInSection(size_t kind, SampleSet* set) {
  TheSampling().Unlisten(kind, set);
}

void Unlisten(size_t kind, SampleSet* set) {
  const UninterruptedSection section;
  UnlistenInSection(kind, set);
}

Error SetRate(size_t kind, int64_t rate) {
  const UninterruptedSection section;
  return TheSampling().SetRate(kind, rate);
}

int64_t Rate(size_t kind) {
  const UninterruptedSection section;
  return TheSampling().Rate(kind);
}

void DrainAllInSection() { TheSampling().DrainAll(); }

void DrainAll() {
  const UninterruptedSection section;
  DrainAllInSection();
}

void DrainIfIdle() {
  if (!UninterruptedSection::TryEnter()) return;
  DrainAllInSection();
  UninterruptedSection::Leave();
}

Error TakeSnapshotInSection(size_t kind, SampleSet* set) {
  Sampling& sampling = TheSampling();
  sampling.Update();
  return sampling.Snapshot(kind, set);
}

Error TakeSnapshot(size_t kind, SampleSet* set) {
  const UninterruptedSection section;
  return TakeSnapshotInSection(kind, set);
}

void HandOverInCopy(SampleSet* set) { TheSampling().HandOverInCopy(set); }

void EndRunInSection(uint32_t run) { TheSampling().EndRun(run); }

void HideRange(AddressRange range, bool with_callees) {
  const UninterruptedSection section;
  TheSampling().resolver.Hide(range, with_callees);
}

void HideModuleOf(const void* address) {
  const UninterruptedSection section;
  TheSampling().resolver.HideModuleOf(reinterpret_cast<uintptr_t>(address));
}

}  // namespace bench_profiler
