// The regions, such as benchmarks, that a trace by the API has spans of: those
// of the session, if there is one.
//
//   TellRegionsBy(Fill);             // the session, once
//   TracedRegions regions;
//   regions.Copy(&set);              // as they are called now
//   regions.FillIn(&data);           // of which `set` has the strings
#ifndef BENCH_PROFILER_SAMPLING_TRACED_REGIONS_H_
#define BENCH_PROFILER_SAMPLING_TRACED_REGIONS_H_

#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/record/raw_profile.h"
#include "bench_profiler/sampling/sample_set.h"

namespace bench_profiler {

// `fill` sets what RawProfile has of regions: their rows, runs, phases and
// strings. It is called in sections (section.h).
void TellRegionsBy(void (*fill)(RawProfile* data));

class TracedRegions {
 public:
  // Must not be called in a section.
  void Copy(SampleSet* set);

  // Changes nothing if there are none.
  void FillIn(RawProfile* data) const;

 private:
  PageArray<RunRow> runs_;
  PageArray<RegionRow> regions_;
  ArrayView<const char*> phases_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_TRACED_REGIONS_H_
