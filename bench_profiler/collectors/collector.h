// What takes samples, as sampling sees it.
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
// often as somebody asks. A third one (threads) is a table that keeps nothing:
// Drain looks at all threads now, and there is nothing to start.
//
// Only one thread at a time may call a collector, apart from Lost. It can be
// started and stopped any number of times.
#ifndef BENCH_PROFILER_COLLECTORS_COLLECTOR_H_
#define BENCH_PROFILER_COLLECTORS_COLLECTOR_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/error.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/record/sample_buffer.h"

namespace bench_profiler {

struct CollectorOptions {
  int64_t rate = 0;   // Kind::rate_flag
  size_t choice = 0;  // index into Kind::choice.values
};

// Addresses of a stack, the leaf first, as the stack walker gives them.
struct StackView {
  const uintptr_t* addresses = nullptr;
  size_t depth = 0;
  bool truncated = false;
};

// Receives what is drained. Stacks are looked up among the libraries that are
// loaded at that moment. Uses no malloc and no locks.
class SampleSink {
 public:
  // A sample of a stream. The fields of `row` that tell of the stack and of the
  // thread's activity are set from `stack` and `activity`.
  virtual void Add(const StackView& stack, uint64_t activity,
                   SampleRow row) = 0;

  // The same, with the thread that the sample is of.
  virtual void AddOfThread(const StackView& stack, uint64_t activity,
                           SampleRow row, const ThreadNote& /*note*/) {
    Add(stack, activity, row);
  }

  // The same, with when and where it was taken, if that is known.
  virtual void AddAtMoment(const StackView& stack, uint64_t activity,
                           SampleRow row, const SampleMoment& /*moment*/) {
    Add(stack, activity, row);
  }

  // Returns whether the code at this address is in no profile, as our own.
  virtual bool Hides(uintptr_t /*address*/) const { return false; }

  // A stack of a table. Returns its number, which never changes.
  virtual uint32_t Keep(const StackView& stack) = 0;

 protected:
  ~SampleSink() = default;
};

// Receives the rows of a table. Uses no malloc and no locks.
class RowSink {
 public:
  // `row.stack` is a number that SampleSink::Keep returned.
  virtual void Add(uint64_t activity, SampleRow row) = 0;

  // Adds to ProfileData::region_samples. Called once for each Add(), in the
  // same order, or never.
  virtual void AddToRegion(uint64_t activity, SampleRow row) = 0;

 protected:
  ~RowSink() = default;
};

class Collector {
 public:
  // Starts sampling all threads, also those that will start later. Fails if
  // that is impossible here. If it works, but there is something that the user
  // should know, this is put into `notice`. The caller has called
  // UpdateLoadedObjects. A table that runs already goes on at the new rate.
  virtual Error Start(const CollectorOptions& options, Error* notice) = 0;

  // Stops sampling: nothing is sampled after this has returned. Samples taken
  // before can still be drained. Harmless if it was not started.
  virtual void Stop() = 0;

  // Looks for threads whose start was not seen. Cheap if there are none.
  virtual void FindThreads() {}

  // Of a stream: hands over the samples taken so far, and forgets them. Of a
  // table: hands over its new stacks. Uses neither malloc nor locks, so that it
  // also works in a child that was forked in the middle of anything.
  virtual void Drain(SampleSink* sink) = 0;

  // Hands over the rows of a table, as they stand, whose stacks were drained.
  // May be called at any time, and works in a forked child as Drain does.
  virtual void Snapshot(RowSink*) {}

  // Tells that the benchmark to which this run belongs has ended.
  virtual void EndRun(uint32_t /*run*/) {}

  // Called in the child of a fork, where nothing samples. Forgets what the
  // parent had, which another thread may have been changing, so that Start
  // works again. Async-signal-safe.
  virtual void ForgetInChild() {}

  // One line for the profile's comments: what timer, at what rate.
  virtual const char* Description() const = 0;

  // One line on what could not be seen of the program, and why; "": all was
  // seen.
  virtual const char* Warning() const { return ""; }

  // How much of ProfileData::period_type's unit is between two samples.
  virtual int64_t Period() const = 0;

  // Returns whether CPU time in the kernel is counted in the phase in which it
  // was spent, and not in the next one.
  virtual bool PlacesKernelTime() const { return true; }

  // How many samples could not be stored since the start of the process.
  virtual uint64_t Lost() const = 0;

 protected:
  ~Collector() = default;
};

// The collector of a kind, which is an index into Kinds(). Never deleted.
Collector* CollectorOf(size_t kind);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_COLLECTOR_H_
