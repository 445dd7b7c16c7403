// The collectors of the process, and who listens to each. This is what
// sampling.h offers, for callers that are in a section.
//
//   Error error = sources.Listen(kind, options, &set, &notice);
//   sources.DrainAll();
//   sources.Unlisten(kind, &set);
//
// Not thread-safe. Never calls malloc, except when a collector is used for the
// first time.
#ifndef BENCH_PROFILER_SAMPLING_SOURCES_H_
#define BENCH_PROFILER_SAMPLING_SOURCES_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/error.h"
#include "bench_profiler/sampling/sample_set.h"
#include "bench_profiler/sampling/stack_resolver.h"

namespace bench_profiler {

class Sources {
 public:
  // See the functions of the same names in sampling.h.
  Error Listen(size_t kind, const CollectorOptions& options, SampleSet* set,
               Error* notice);
  void Unlisten(size_t kind, SampleSet* set);
  Error SetRate(size_t kind, int64_t rate);
  int64_t Rate(size_t kind) const { return sources_[kind].options.rate; }
  bool HasStreamListeners() const;
  void DrainAll();
  Error TakeSnapshot(size_t kind, SampleSet* set);
  void HandOverInCopy(SampleSet* set);
  void EndRun(uint32_t run);
  void HideModuleOf(uint64_t address);

  // In the child of a fork: nobody listens any more, and no collector runs.
  // Async-signal-safe.
  void ForgetInChild();

  StackResolver resolver;

 private:
  static constexpr size_t kMaxListeners = 8;

  struct Listener {
    SampleSet* set = nullptr;
    uint64_t lost_before = 0;
  };
  struct Source {
    Listener* Find(const SampleSet* set);

    Collector* collector = nullptr;  // null: nobody has tried to start it
    bool has_run = false;
    CollectorOptions options;  // rate 0: it does not run
    CollectorOptions alone;    // what it runs with if nobody listens
    Listener listeners[kMaxListeners];
    size_t num_listeners = 0;
  };
  class FanOut;

  Error TakeInstant(size_t kind, SampleSet* set);
  Error Run(size_t kind, const CollectorOptions& options, Error* notice);
  void Update();
  void Drain(size_t kind);
  void Describe(size_t kind, const Listener& listener);

  Source sources_[kMaxKinds];
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_SOURCES_H_
