#include "bench_profiler/compare/value_text.h"

#include <cmath>
#include <cstdio>
#include <cstring>

#include "bench_profiler/html/quantity.h"

namespace bench_profiler {
namespace {

std::string Printed(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

// 135213 and 135214 are two values, 2.3333333 is better read as 2.333.
std::string ExactText(double value) {
  const double size = std::fabs(value);
  return Printed(size >= 1000 && size < 1e15 ? "%.0f" : "%.4g", value);
}

bool IsTime(Measure measure) {
  return std::strcmp(RowOf(measure).unit, "seconds") == 0;
}

}  // namespace

std::string ValueText(Measure measure, double value) {
  if (!std::isfinite(value)) return "?";
  const MeasureRow& row = RowOf(measure);
  if (IsTime(measure)) return Quantity(value * 1e9, "nanoseconds");
  const char* unit = std::strcmp(row.unit, "bytes") == 0 ? " B" : "";
  if (row.is_exact) return ExactText(value) + unit;
  return Quantity(value, row.unit);
}

std::string ChangeText(double change) {
  if (std::isnan(change)) return "?";
  if (std::isinf(change)) return "from 0";
  const double percent = 100 * change;
  const double size = std::fabs(percent);
  // Exact counts differ by as little as 0.003 %; nobody wants 12.345 %.
  if (size == 0) return "0 %";
  if (size < 0.1) return Printed("%+.1g %%", percent);
  return Printed(size < 100 ? "%+.1f %%" : "%+.3g %%", percent);
}

std::string IntervalText(const Interval& interval) {
  if (!std::isfinite(interval.low) || !std::isfinite(interval.high)) return "";
  return ChangeText(interval.low) + " to " + ChangeText(interval.high);
}

std::string VerdictText(Measure measure, Verdict verdict) {
  if (measure != Measure::kTime) {
    if (verdict == Verdict::kSlower) return "more";
    if (verdict == Verdict::kFaster) return "less";
  }
  return VerdictName(verdict);
}

std::string Counted(size_t count, const std::string& singular,
                    const std::string& plural) {
  return std::to_string(count) + " " + (count == 1 ? singular : plural);
}

}  // namespace bench_profiler
