// Who listens to which collector. Only this starts, drains and stops the
// collectors of the process, and shares them among those who listen.
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
// `kind` is an index into Kinds(). Each sample goes to all who listen when it
// is handed over. All functions are thread-safe and, unless they say otherwise,
// not async-signal-safe. None calls malloc, except when a kind is used for the
// first time. Each is a section of its own (section.h); callers that are in one
// already use those named ...InSection.
#ifndef BENCH_PROFILER_SAMPLING_SAMPLING_H_
#define BENCH_PROFILER_SAMPLING_SAMPLING_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/error.h"
#include "bench_profiler/sampling/sample_set.h"

namespace bench_profiler {

// Lets `set` listen from this moment on. Starts the collector if nobody listens
// yet. Otherwise the rate and choice stay those that run already, and the
// SampleSet's ProfileData says which. If it works, but there is something that
// the user should know, this is put into `notice`. `set` must stay where it is
// until Unlisten.
Error Listen(size_t kind, const CollectorOptions& options, SampleSet* set,
             Error* notice);

// Ends that. `set` gets what was sampled until now, if it is of a stream; of a
// table, only TakeSnapshot gives the rows. When the last one leaves, the
// collector stops. Harmless if `set` does not listen.
void Unlisten(size_t kind, SampleSet* set);
void UnlistenInSection(size_t kind, SampleSet* set);

// Lets a table (Kind::is_table) fill at this rate even if nobody listens; with
// 0 it does not any more, but keeps what it has. While somebody listens, the
// rate cannot be set. Estimates stay unbiased when the rate changes.
Error SetRate(size_t kind, int64_t rate);

// The rate at which a kind runs, or 0 if it does not run.
int64_t Rate(size_t kind);

// Hands all samples so far over to those who listen.
void DrainAll();
void DrainAllInSection();

// The same, unless another thread stays in a section for long. Called when a
// library is about to be closed: then this thread may hold the loader's lock,
// and the other one may be waiting for it.
void DrainIfIdle();

// Adds the rows of a table (Kind::is_table), as they stand, to `set`, which
// need not listen. Can be done any number of times. Fails if the table was
// never started, unless it is_instant.
Error TakeSnapshot(size_t kind, SampleSet* set);
Error TakeSnapshotInSection(size_t kind, SampleSet* set);

// For a copy of the process that was made in the middle of anything
// (run/interrupt.h). Hands over to `set` all that it listens to, including
// tables. Takes no lock, so that libraries that were loaded since the last
// drain have no names.
void HandOverInCopy(SampleSet* set);

// Tells the collectors that the benchmark of a run has ended.
void EndRunInSection(uint32_t run);

// Leaves frames with code in `range` out of all profiles, and if asked for also
// those that they call.
void HideRange(AddressRange range, bool with_callees);

// The same for all code of the library that `address` is in, such as our own.
void HideModuleOf(const void* address);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_SAMPLING_H_
