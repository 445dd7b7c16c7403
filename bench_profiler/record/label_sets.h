// The sets of labels by which a program says what it is working on.
//
//   uint32_t set = InternLabels(CurrentLabels(), labels, count);
//   SetCurrentLabels(set);
//   ...
//   data.label_sets = LabelSets();   // label_sets[sample.labels]
//
// Equal sets have the same number. So a thread only has to keep 32 bits, which
// a signal handler copies. Sets are never freed, since a sample may name one
// long after the last thread has used it. All of them together take no more
// than 64 MiB. If a set does not fit, the empty one is used instead, and this
// is counted.
//
// Thread-safe. Uses neither locks nor malloc, so that it works in signal
// handlers and forked children.
#ifndef BENCH_PROFILER_RECORD_LABEL_SETS_H_
#define BENCH_PROFILER_RECORD_LABEL_SETS_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/labels.h"
#include "bench_profiler/platform/thread_labels.h"
#include "bench_profiler/record/raw_profile.h"

namespace bench_profiler {

// The longest key or value, in bytes, and the largest set. What is beyond is
// cut off.
inline constexpr size_t kMaxLabelText = 1024;
inline constexpr size_t kMaxLabels = 32;

// Returns the number of the set that has the labels of `base` and in addition
// `labels`. Of equal keys, the last one counts. An empty value removes the
// label, and an empty key is ignored. Bytes that are not valid UTF-8 become
// '?'. Returns 0 for the empty set.
uint32_t InternLabels(uint32_t base, const pprof::Label* labels, size_t count);

// The same for two sets: the labels of `base`, and in addition those of `over`.
// Takes a few nanoseconds if the same was asked for lately.
uint32_t MergeLabels(uint32_t base, uint32_t over);

// All sets so far, by their numbers; 0 is the empty one. Only look at sets
// whose numbers were returned, since others may be just being made.
ArrayView<LabelSet> LabelSets();

// How many times the empty set was used because there was no room.
uint64_t LostLabelSets();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_LABEL_SETS_H_
