#include "bench_profiler/sampling/traced_regions.h"

#include <atomic>

#include "bench_profiler/sampling/section.h"

namespace bench_profiler {
namespace {

std::atomic<void (*)(RawProfile*)> fill_regions{nullptr};

}  // namespace

void TellRegionsBy(void (*fill)(RawProfile* data)) { fill_regions.store(fill); }

void TracedRegions::Copy(SampleSet* set) {
  const auto fill = fill_regions.load();
  if (fill == nullptr) return;
  const UninterruptedSection section;
  RawProfile source;
  fill(&source);
  phases_ = source.phases;
  for (RegionRow region : source.regions) {
    region.name = set->strings()->Add(source.String(region.name));
    region.group = set->strings()->Add(source.String(region.group));
    if (!regions_.Append(region)) return;
  }
  for (const RunRow& run : source.runs) {
    if (!runs_.Append(run)) return;
  }
}

void TracedRegions::FillIn(RawProfile* data) const {
  if (runs_.size() == 0) return;
  data->runs = {runs_.data(), runs_.size()};
  data->regions = {regions_.data(), regions_.size()};
  data->phases = phases_;
}

}  // namespace bench_profiler
