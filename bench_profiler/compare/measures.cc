#include "bench_profiler/compare/measures.h"

#include <cstddef>

namespace bench_profiler {

const std::vector<MeasureRow>& MeasureRows() {
  static const auto* const rows = new std::vector<MeasureRow>{
      {Measure::kTime, "time", "time/op", "seconds", "cpu", "samples", false},
      {Measure::kInstructions, "instructions", "instructions/op", "count",
       "instructions", "instructions", true},
      {Measure::kAllocs, "allocs", "allocs/op", "count", "heap",
       "alloc_objects", true},
      {Measure::kBytes, "bytes", "B/op", "bytes", "heap", "alloc_space", true},
      {Measure::kContentions, "contentions", "contentions/op", "count", "block",
       "contentions", false},
      {Measure::kDelay, "delay", "delay/op", "seconds", "block", "delay",
       false},
  };
  return *rows;
}

const MeasureRow& RowOf(Measure measure) {
  return MeasureRows()[static_cast<size_t>(measure)];
}

const MeasureRow* FindMeasure(std::string_view name) {
  for (const MeasureRow& row : MeasureRows()) {
    if (name == row.name) return &row;
  }
  return nullptr;
}

}  // namespace bench_profiler
