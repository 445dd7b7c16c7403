#include "bench_profiler/compare/new_values.h"

#include <cstring>

namespace bench_profiler {
namespace {

// The interval is one of the change. With the old value taken as exact it is
// one of the new value: of +5 % in [+3 %, +7 %] the new one, 105, may as well
// be 103 or 107. Both have the noise of both sides, so that it is never too
// narrow.
Interval Confidence(const Change& change, double value) {
  const double base = 1 + change.change;
  if (!(base > 0)) return {};
  return {value * (1 + change.interval.low) / base,
          value * (1 + change.interval.high) / base};
}

}  // namespace

std::vector<NewValue> NewValues(const BenchmarkComparison& benchmark) {
  std::vector<NewValue> values;
  for (const MeasureComparison& measure : benchmark.measures) {
    if (!std::isfinite(measure.new_value)) continue;
    const MeasureRow& row = RowOf(measure.measure);
    const bool is_time = std::strcmp(row.unit, "seconds") == 0;
    const double value = measure.new_value * (is_time ? 1e9 : 1);
    Interval confidence;
    if (!row.is_exact) confidence = Confidence(measure, value);
    values.push_back({&measure, value, confidence});
  }
  return values;
}

}  // namespace bench_profiler
