#include "bench_profiler/compare/page_measures.h"

#include <cstring>

namespace bench_profiler {
namespace {

bool IsTime(Measure measure) {
  return std::strcmp(RowOf(measure).unit, "seconds") == 0;
}

const char* PageUnit(Measure measure) {
  return IsTime(measure) ? "nanoseconds" : RowOf(measure).unit;
}

const char* KindTitle(Measure measure) {
  switch (measure) {
    case Measure::kTime:
      return "CPU";
    case Measure::kInstructions:
      return "Instructions";
    case Measure::kAllocs:
      return "Allocations";
    case Measure::kBytes:
      return "Allocated bytes";
    case Measure::kContentions:
      return "Contentions";
    case Measure::kDelay:
      return "Waiting";
  }
  return "";
}

}  // namespace

double PageFactor(Measure measure) { return IsTime(measure) ? 1e9 : 1; }

PageMeasure PageMeasureOf(Measure measure) {
  const MeasureRow& row = RowOf(measure);
  return {row.name, row.label, PageUnit(measure)};
}

PageKind PageKindOf(Measure measure) {
  const MeasureRow& row = RowOf(measure);
  return {row.name, KindTitle(measure), row.value_type, PageUnit(measure)};
}

PageVerdict PageVerdictOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kUnchanged:
      return PageVerdict::kUnchanged;
    case Verdict::kSlower:
      return PageVerdict::kMore;
    case Verdict::kFaster:
      return PageVerdict::kLess;
    case Verdict::kUndecided:
      break;
  }
  return PageVerdict::kUndecided;
}

PageChange PageChangeOf(const Change& change, Measure measure) {
  return {PageVerdictOf(change.verdict),
          change.old_value * PageFactor(measure),
          change.new_value * PageFactor(measure),
          change.change,
          change.interval.low,
          change.interval.high};
}

}  // namespace bench_profiler
