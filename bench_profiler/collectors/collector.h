// The interface between the session and what takes samples.
//
//   collector->Start({.rate = 1000}, error, sizeof(error));
//   ...                         // threads run
//   collector->Drain(&sink);    // now and then, and at the end
//   collector->Stop();
//
// A collector knows nothing of benchmarks, files or symbols: it hands over
// stacks of addresses with the packed activity of the thread they were taken
// on.
#ifndef BENCH_PROFILER_COLLECTORS_COLLECTOR_H_
#define BENCH_PROFILER_COLLECTORS_COLLECTOR_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

struct CollectorOptions {
  int64_t rate = 0;   // Kind::rate_flag
  size_t choice = 0;  // index into Kind::choice.values
};

// Receives samples; implemented by the session. No malloc, no locks.
class SampleSink {
 public:
  // The number of a stack. `addresses`: leaf first, as StackWalker gives them.
  // They are looked up among the libraries that are loaded now.
  virtual uint32_t Stack(const uintptr_t* addresses, size_t depth,
                         bool truncated) = 0;

  // Adds to the samples of row.stack, which Stack() gave. What the row has of
  // the activity is set from `activity`.
  virtual void Add(uint64_t activity, SampleRow row) = 0;

  // Adds to ProfileData::region_samples. Called once for each Add(), in the
  // same order, or never.
  virtual void AddToRegion(uint64_t /*activity*/, SampleRow /*row*/) {}

 protected:
  ~SampleSink() = default;
};

class Collector {
 public:
  // Starts sampling all threads that exist and that will exist. Returns false
  // and puts one line into `error` if that is impossible here. A line that is
  // worth knowing although it worked goes to `error` as well (else it is "").
  virtual bool Start(const CollectorOptions& options, char* error,
                     size_t error_size) = 0;

  // Stops sampling; nothing is sampled after it returned. Samples taken before
  // can still be drained. Harmless if not started.
  virtual void Stop() = 0;

  // Looks for threads that started unannounced. Cheap when there are none.
  virtual void FindThreads() = 0;

  // Hands over and forgets the samples taken so far. One caller at a time.
  // Calls neither malloc nor any lock, so that it also works in the child of a
  // fork in the middle of anything.
  virtual void Drain(SampleSink* sink) = 0;

  // Hands over what only the end can tell, after the last Drain. As Drain, but
  // once in a process: the sink adds up.
  virtual void Finish(SampleSink*) {}

  // The benchmark that this run belongs to has come to its end.
  virtual void EndRun(uint32_t /*run*/) {}

  // One line for the profile's comments: what timer, at what rate.
  virtual const char* Description() const = 0;

  // One line on what it could not see of the program, and why; "": nothing.
  virtual const char* Warning() const { return ""; }

  // The unit of ProfileData::period_type between two samples.
  virtual int64_t Period() const = 0;

  // Whether CPU time in the kernel is in samples of the phase that it was spent
  // in, or in whichever comes next.
  virtual bool PlacesKernelTime() const { return true; }

  // Samples that could not be stored.
  virtual uint64_t Lost() const = 0;

 protected:
  ~Collector() = default;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_COLLECTOR_H_
