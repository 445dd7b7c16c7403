// The sets of labels that a program gives to what it is doing.
//
//   uint32_t set = InternLabels(CurrentLabels(), labels, count);
//   SetCurrentLabels(set);
//   ...
//   data.label_sets = LabelSets();   // label_sets[sample.labels]
//
// Equal sets have the same number, so a thread holds 32 bits and a signal
// handler copies them. Sets live as long as the process: a sample may name one
// long after the last thread has left it. All of them together take no more
// than 64 MiB; what does not fit is counted, and the empty set is used.
//
// Thread-safe, without locks and without malloc: usable in a signal handler,
// and in the child of a fork.
#ifndef BENCH_PROFILER_RECORD_LABEL_SETS_H_
#define BENCH_PROFILER_RECORD_LABEL_SETS_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/labels.h"
#include "bench_profiler/platform/thread_labels.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

// The longest key or value, in bytes, and the largest set. The rest is cut.
inline constexpr size_t kMaxLabelText = 1024;
inline constexpr size_t kMaxLabels = 32;

// The number of the set with the labels of the set `base`, and with `labels`
// over them. Of equal keys the last one counts. A label with an empty value is
// taken away, one with an empty key is ignored. Bytes that are no UTF-8 become
// '?'. Returns 0 for the empty set.
uint32_t InternLabels(uint32_t base, const pprof::Label* labels, size_t count);

// The same for two sets: the labels of `base` with those of `over` over them.
// Takes some nanoseconds if it was asked for lately.
uint32_t MergeLabels(uint32_t base, uint32_t over);

// All sets so far, by their numbers; 0 is the empty one. Where a set is being
// made at this moment, its place is not to be looked at.
ArrayView<LabelSet> LabelSets();

// How many times the empty set was used since there was no room.
uint64_t LostLabelSets();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_LABEL_SETS_H_
