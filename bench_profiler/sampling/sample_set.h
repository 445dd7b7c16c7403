// What one listener has heard: stacks, and how often each was sampled.
//
//   SampleSet set(SampleSet::Regions::kLeaveOut);
//   Listen(kind, options, &set, &notice);
//   ...
//   Unlisten(kind, &set);
//   set.FillIn(&data);             // tables that nobody changes any more
//   set.FillIn(kind, &profile);
//
// It is complete in itself, so that it can be exported while others go on
// listening. Never calls malloc. Not thread-safe; sampling uses it in sections
// only.
#ifndef BENCH_PROFILER_SAMPLING_SAMPLE_SET_H_
#define BENCH_PROFILER_SAMPLING_SAMPLE_SET_H_

#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/record/raw_trace.h"
#include "bench_profiler/record/sample_buffer.h"
#include "bench_profiler/record/sample_table.h"
#include "bench_profiler/record/stack_table.h"
#include "bench_profiler/record/string_table.h"
#include "bench_profiler/sampling/stack_resolver.h"

namespace bench_profiler {

class SampleSet {
 public:
  // Whether samples in different regions, runs, threads or phases have rows of
  // their own.
  enum class Regions { kKeep, kLeaveOut };

  explicit SampleSet(Regions regions);

  // Returns the number of a stack. `frames` begins with the root.
  uint32_t Stack(const StackFrame* frames, size_t size);

  // Adds to the samples of row.stack, a number that Stack() returned. The
  // fields of `row` that tell of the activity are set from `activity`.
  void Add(size_t kind, uint64_t activity, SampleRow row);

  // From now on, samples that have a time are kept one by one, too, for the
  // trace: up to a million.
  void KeepMoments() { keeps_moments_ = true; }
  void AddTimed(size_t kind, const SampleMoment& moment, const SampleRow& row);

  // The number of a note, for SampleRow::note; 0 if there is no memory left.
  uint32_t Note(const ThreadNote& note);

  // The same for ProfileData::region_samples.
  void AddToRegion(size_t kind, uint64_t activity, SampleRow row);

  // Adds the rows of a table, with their stacks.
  void AddTable(size_t kind, const StackResolver& resolver,
                Collector* collector);

  // Notes the libraries that the stacks are in.
  void CopyModules(const StackResolver& resolver);

  // Notes how these samples were taken. `lost_before` is what the collector had
  // lost before this set began to listen.
  void Describe(size_t kind, int64_t rate, uint64_t lost_before,
                const Collector& collector);

  ArrayView<SampleRow> Samples(size_t kind) const {
    return samples_[kind].rows();
  }

  // What the collector could not see of the program; "": it saw all.
  const char* Warning(size_t kind) const { return facts_[kind].warning; }

  // For further texts of the same RawProfile.
  StringTable* strings() { return &strings_; }

  // Sets the tables in `data`, and in `profile` all but its path; valid until
  // the next change. Without regions, RawProfile::runs has the one row that
  // stands for what is outside of any.
  void FillIn(RawProfile* data) const;
  void FillIn(size_t kind, ProfileData* profile) const;
  void FillIn(RawTrace* trace) const;

 private:
  struct Facts {
    int64_t rate = 0;
    int64_t period = 0;
    uint64_t lost = 0;
    bool places_kernel_time = true;
    char description[768] = "";
    char warning[512] = "";
  };
  class TableCopy;

  void AddTo(SampleTable* table, uint64_t activity, SampleRow row);

  Regions regions_;
  StringTable strings_;
  PageArray<Module> modules_;
  StackTable stacks_;
  PageArray<ThreadNote> notes_;
  SampleTable samples_[kMaxKinds];
  SampleTable region_samples_[kMaxKinds];
  Facts facts_[kMaxKinds];
  uint64_t lost_ = 0;  // samples for which there was no memory
  bool keeps_moments_ = false;
  PageArray<TimedSample> timed_;
  uint64_t lost_timed_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_SAMPLE_SET_H_
