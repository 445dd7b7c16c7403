// The interface between sampling and what takes samples.
//
//   Error error = collector->Start({.rate = 1000}, &notice);
//   ...                          // threads run
//   collector->Drain(&sink);     // now and then, and at the end
//   collector->Snapshot(&rows);  // a table's rows as they stand
//   collector->Stop();
//
// A collector knows nothing of benchmarks, files or symbols: it hands over
// stacks of addresses with the packed activity of the thread they were taken
// on. There are two sorts. A stream (cpu) hands each sample over once, by
// Drain. A table (heap) adds up by itself, and shows its rows, by Snapshot, as
// often as somebody asks.
//
// One caller at a time, but for Lost. Start and Stop any number of times.
#ifndef BENCH_PROFILER_COLLECTORS_COLLECTOR_H_
#define BENCH_PROFILER_COLLECTORS_COLLECTOR_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/error.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

struct CollectorOptions {
  int64_t rate = 0;   // Kind::rate_flag
  size_t choice = 0;  // index into Kind::choice.values
};

// Addresses, leaf first, as StackWalker gives them.
struct StackView {
  const uintptr_t* addresses = nullptr;
  size_t depth = 0;
  bool truncated = false;
};

// Receives what is drained. The stacks are looked up among the libraries that
// are loaded now. No malloc, no locks.
class SampleSink {
 public:
  // A sample of a stream. What the row has of the activity and the stack is set
  // from `activity` and `stack`.
  virtual void Add(const StackView& stack, uint64_t activity,
                   SampleRow row) = 0;

  // A stack of a table. Returns its number, for good.
  virtual uint32_t Keep(const StackView& stack) = 0;

 protected:
  ~SampleSink() = default;
};

// Receives the rows of a table. No malloc, no locks.
class RowSink {
 public:
  // `row.stack` is what SampleSink::Keep gave.
  virtual void Add(uint64_t activity, SampleRow row) = 0;

  // Adds to ProfileData::region_samples. Called once for each Add(), in the
  // same order, or never.
  virtual void AddToRegion(uint64_t activity, SampleRow row) = 0;

 protected:
  ~RowSink() = default;
};

class Collector {
 public:
  // Starts sampling all threads that exist and that will exist, or says why
  // that is impossible here. Something worth knowing although it worked goes to
  // `notice`. The caller has called UpdateLoadedObjects. A table that runs
  // already goes on at the new rate.
  virtual Error Start(const CollectorOptions& options, Error* notice) = 0;

  // Stops sampling; nothing is sampled after it returned. Samples taken before
  // can still be drained. Harmless if not started.
  virtual void Stop() = 0;

  // Looks for threads that started unannounced. Cheap when there are none.
  virtual void FindThreads() {}

  // Hands over and forgets the samples taken so far, or the stacks of a table
  // that are new. Calls neither malloc nor any lock, so that it also works in
  // the child of a fork in the middle of anything.
  virtual void Drain(SampleSink* sink) = 0;

  // Hands over the rows of a table whose stacks were drained. As Drain, and at
  // any time.
  virtual void Snapshot(RowSink*) {}

  // The benchmark that this run belongs to has come to its end.
  virtual void EndRun(uint32_t /*run*/) {}

  // In the child of a fork, where nothing samples: forgets what the parent had,
  // which other threads may have been in the middle of, so that Start works
  // again. Async-signal-safe.
  virtual void ForgetInChild() {}

  // One line for the profile's comments: what timer, at what rate.
  virtual const char* Description() const = 0;

  // One line on what it could not see of the program, and why; "": nothing.
  virtual const char* Warning() const { return ""; }

  // The unit of ProfileData::period_type between two samples.
  virtual int64_t Period() const = 0;

  // Whether CPU time in the kernel is in samples of the phase that it was spent
  // in, or in whichever comes next.
  virtual bool PlacesKernelTime() const { return true; }

  // Samples that could not be stored, ever.
  virtual uint64_t Lost() const = 0;

 protected:
  ~Collector() = default;
};

// The one of that kind, an index into Kinds(); never deleted.
Collector* CollectorOf(size_t kind);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_COLLECTOR_H_
