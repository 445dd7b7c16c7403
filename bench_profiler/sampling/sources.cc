#include "bench_profiler/sampling/sources.h"

#include <cinttypes>
#include <new>

#include "bench_profiler/sampling/loader_calls.h"
#include "bench_profiler/stack/loaded_object.h"

namespace bench_profiler {

Sources::Listener* Sources::Source::Find(const SampleSet* set) {
  for (size_t i = 0; i < num_listeners; ++i) {
    if (listeners[i].set == set) return &listeners[i];
  }
  return nullptr;
}

// Hands each sample to all who listen.
class Sources::FanOut : public SampleSink {
 public:
  FanOut(StackResolver* resolver, size_t kind, const Listener* listeners,
         size_t size)
      : resolver_(resolver), kind_(kind), listeners_(listeners), size_(size) {}

  void Add(const StackView& stack, uint64_t activity, SampleRow row) override {
    AddTo(stack, activity, row, nullptr, {});
  }

  void AddOfThread(const StackView& stack, uint64_t activity, SampleRow row,
                   const ThreadNote& note) override {
    AddTo(stack, activity, row, &note, {});
  }

  void AddAtMoment(const StackView& stack, uint64_t activity, SampleRow row,
                   const SampleMoment& moment) override {
    AddTo(stack, activity, row, nullptr, moment);
  }

  bool Hides(uintptr_t address) const override {
    return resolver_->hidden.Hides(address);
  }

  uint32_t Keep(const StackView& stack) override {
    return resolver_->Keep(stack);
  }

 private:
  void AddTo(const StackView& stack, uint64_t activity, SampleRow row,
             const ThreadNote* note, const SampleMoment& moment) {
    if (size_ == 0) return;
    StackFrame frames[StackResolver::kMaxFrames];
    const size_t size = resolver_->Resolve(stack, frames);
    for (size_t i = 0; i < size_; ++i) {
      SampleSet* set = listeners_[i].set;
      row.stack = set->Stack(frames, size);
      row.note = note == nullptr ? 0 : set->Note(*note);
      set->Add(kind_, activity, row);
      if (moment.time != 0) set->AddTimed(kind_, moment, row);
    }
  }

  StackResolver* resolver_;
  size_t kind_;
  const Listener* listeners_;
  size_t size_;
};

void Sources::Drain(size_t kind) {
  const Source& source = sources_[kind];
  FanOut sink(&resolver, kind, source.listeners, source.num_listeners);
  source.collector->Drain(&sink);
}

// Takes the loader's lock.
void Sources::Update() {
  const LoaderCall call;
  resolver.UpdateModules();
  UpdateLoadedObjects();
}

bool Sources::HasStreamListeners() const {
  for (size_t kind = 0; kind < Kinds().size; ++kind) {
    if (sources_[kind].num_listeners > 0 && !Kinds()[kind].is_table)
      return true;
  }
  return false;
}

void Sources::DrainAll() {
  Update();
  for (size_t kind = 0; kind < kMaxKinds; ++kind) {
    Source& source = sources_[kind];
    if (!source.has_run) continue;
    if (source.num_listeners > 0) source.collector->FindThreads();
    Drain(kind);
  }
}

// Starts, stops, or changes the rate.
Error Sources::Run(size_t kind, const CollectorOptions& options,
                   Error* notice) {
  Source& source = sources_[kind];
  if (options.rate == 0) {
    if (source.has_run) source.collector->Stop();
  } else {
    Update();
    // Set before it starts, since a fork may come in the middle.
    if (source.collector == nullptr) source.collector = CollectorOf(kind);
    const Error error = source.collector->Start(options, notice);
    if (error) return error;
    source.has_run = true;
  }
  source.options = options;
  return Error();
}

Error Sources::SetRate(size_t kind, int64_t rate) {
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

Error Sources::Listen(size_t kind, const CollectorOptions& options,
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
  // What was sampled so far goes to the others, or to nobody.
  Drain(kind);
  source.listeners[source.num_listeners++] = {set, source.collector->Lost()};
  return Error();
}

void Sources::Describe(size_t kind, const Listener& listener) {
  const Source& source = sources_[kind];
  listener.set->Describe(kind, source.options.rate, listener.lost_before,
                         *source.collector);
  listener.set->CopyModules(resolver);
}

void Sources::Unlisten(size_t kind, SampleSet* set) {
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

Error Sources::TakeInstant(size_t kind, SampleSet* set) {
  Source& source = sources_[kind];
  Update();
  if (source.collector == nullptr) source.collector = CollectorOf(kind);
  const Listener only = {set, 0};
  FanOut sink(&resolver, kind, &only, 1);
  source.collector->Drain(&sink);
  Describe(kind, only);
  return Error();
}

Error Sources::TakeSnapshot(size_t kind, SampleSet* set) {
  if (Kinds()[kind].is_instant) return TakeInstant(kind, set);
  Source& source = sources_[kind];
  if (!source.has_run || !Kinds()[kind].is_table) {
    return Error::Format("%s profiling was never started", Kinds()[kind].name);
  }
  Update();
  Drain(kind);
  set->AddTable(kind, resolver, source.collector);
  Describe(kind, {set, 0});
  return Error();
}

void Sources::HandOverInCopy(SampleSet* set) {
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

void Sources::EndRun(uint32_t run) {
  for (Source& source : sources_) {
    if (source.num_listeners > 0) source.collector->EndRun(run);
  }
}

void Sources::HideModuleOf(uint64_t address) {
  const LoaderCall call;
  resolver.HideModuleOf(address);
}

// Another thread may have been changing any of this, so a new object takes its
// place. What is hidden stays hidden.
void Sources::ForgetInChild() {
  for (Source& source : sources_) {
    if (source.collector != nullptr) source.collector->ForgetInChild();
  }
  HiddenCode hidden;
  hidden.Swap(&resolver.hidden);
  new (this) Sources;
  hidden.Swap(&resolver.hidden);
}

}  // namespace bench_profiler
