// Who listens to which collector: the one place that starts, shares, drains and
// stops them, for the whole process.
//
//   SampleSet set(SampleSet::Regions::kLeaveOut);
//   Error notice;
//   Error error = Listen(kind, {100}, &set, &notice);
//   ...                                    // threads run
//   Unlisten(kind, &set);                  // `set` has what came in between
//
//   SampleSet heap(SampleSet::Regions::kLeaveOut);
//   Error error = TakeSnapshot(kind, &heap);   // a table, as it stands now
//
// `kind` is an index into Kinds(). Each sample goes to all who listen at the
// time. All functions are thread-safe, none is async-signal-safe, unless they
// say otherwise, and none calls malloc, but for the first of a kind. Each is a
// section of its own; those named ...InSection are for who is in one already.
#ifndef BENCH_PROFILER_SAMPLING_SAMPLING_H_
#define BENCH_PROFILER_SAMPLING_SAMPLING_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/error.h"
#include "bench_profiler/sampling/sample_set.h"

namespace bench_profiler {

// Begins to listen, from this moment on. Starts the collector if nobody listens
// yet; else joins, and gets the rate and choice that run already: SampleSet's
// ProfileData says which. `notice` is what is worth knowing although it worked.
// `set` must stay where it is until Unlisten.
Error Listen(size_t kind, const CollectorOptions& options, SampleSet* set,
             Error* notice);

// Ends that, and hands over what was sampled until now. The last one stops the
// collector. Harmless if `set` does not listen. Of a table only the stop: see
// TakeSnapshot.
void Unlisten(size_t kind, SampleSet* set);
void UnlistenInSection(size_t kind, SampleSet* set);

// Lets a table (Kind::is_table) fill whether somebody listens or not, at this
// rate; 0: no more. What it has stays. While somebody listens the rate is that
// one's, and cannot be set. Changing it leaves the estimates free of bias.
Error SetRate(size_t kind, int64_t rate);

// The rate that a kind runs at, 0 if it does not run.
int64_t Rate(size_t kind);

// Hands all samples so far to those who listen.
void DrainAll();
void DrainAllInSection();

// The same, unless another thread is at something that takes long: a library is
// about to be closed, and this thread may hold the loader's lock, for which
// that one may be waiting.
void DrainIfIdle();

// Adds the rows of a table (Kind::is_table) as they stand to `set`, which need
// not listen. Any number of times; an error if it was never started.
Error TakeSnapshot(size_t kind, SampleSet* set);
Error TakeSnapshotInSection(size_t kind, SampleSet* set);

// In a copy of the process that was made in the middle of anything (interrupt.h
// of run/): hands `set` all that it listens to, tables included. Takes no lock,
// so libraries that were loaded since the last drain stay unnamed.
void HandOverInCopy(SampleSet* set);

// Tells the collectors that the benchmark of a run has come to its end.
void EndRunInSection(uint32_t run);

// Frames with code in `range` never show, nor, if asked for, what they call.
void HideRange(AddressRange range, bool with_callees);

// The same for all code of the library that `address` is in, such as our own.
void HideModuleOf(const void* address);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_SAMPLING_H_
