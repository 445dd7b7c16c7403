#include "bench_profiler/compare/exact_change.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "bench_profiler/compare/statistics.h"

namespace bench_profiler {
namespace {

struct Range {
  double low = INFINITY;
  double high = -INFINITY;

  void Add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  double Width() const { return high - low; }
};

std::vector<ExactPoint> Known(const std::vector<ExactPoint>& points) {
  std::vector<ExactPoint> known;
  for (const ExactPoint& point : points) {
    if (std::isfinite(point.value) && point.value >= 0) known.push_back(point);
  }
  return known;
}

Range RangeOf(const std::vector<ExactPoint>& points) {
  Range range;
  for (const ExactPoint& point : points) range.Add(point.value);
  return range;
}

Moments MomentsOfValues(const std::vector<ExactPoint>& points) {
  Moments moments;
  for (const ExactPoint& point : points) moments.Add(point.value);
  return moments;
}

// What may be done once in a process without a word: a few tables that are
// filled, a buffer.
double MostDoneOnce(Measure measure) {
  switch (measure) {
    case Measure::kAllocs:
      return 1000;
    case Measure::kBytes:
      return 1 << 20;
    default:
      return 1e6;
  }
}

// Whether totals are `each * iterations + once` in all processes, as the line
// of least squares through them has it.
bool IsDoneOnce(const std::vector<ExactPoint>& points, Measure measure,
                double least) {
  Moments iterations;
  Moments totals;
  for (const ExactPoint& point : points) {
    if (!(point.iterations > 0)) return false;
    iterations.Add(point.iterations);
    totals.Add(point.iterations * point.value);
  }
  if (iterations.squares <= 0) return false;
  double products = 0;
  for (const ExactPoint& point : points) {
    products += (point.iterations - iterations.mean) *
                (point.iterations * point.value - totals.mean);
  }
  const double each = products / iterations.squares;
  const double once = totals.mean - each * iterations.mean;
  // Parts of a count are a matter of rounding.
  if (each < -least || once < -1 || once > MostDoneOnce(measure)) return false;
  return std::all_of(
      points.begin(), points.end(), [&](const ExactPoint& point) {
        const double total = point.iterations * point.value;
        const double rest = total - each * point.iterations - once;
        // A table that doubles its size does so once more or less.
        const double allowed =
            measure == Measure::kAllocs ? 2 : least / 2 * point.iterations;
        return std::fabs(rest) <= allowed;
      });
}

}  // namespace

double LeastExactDifference(Measure measure, double old_value) {
  constexpr double kLeastPart = 0.001;
  const double part = std::fabs(old_value) * kLeastPart;
  if (measure == Measure::kAllocs) {
    // One more of thousands is a line of code that allocates now.
    constexpr double kLeast = 0.01;
    constexpr double kMost = 0.5;
    return std::clamp(part, kLeast, kMost);
  }
  return std::max(part, 1.0);
}

ExactTest TestExact(const std::vector<ExactPoint>& old_points,
                    const std::vector<ExactPoint>& new_points, Measure measure,
                    double least) {
  ExactTest test;
  const std::vector<ExactPoint> old_known = Known(old_points);
  const std::vector<ExactPoint> new_known = Known(new_points);
  const Moments old_moments = MomentsOfValues(old_known);
  const Moments new_moments = MomentsOfValues(new_known);
  if (!old_known.empty()) test.old_mean = old_moments.mean;
  if (!new_known.empty()) test.new_mean = new_moments.mean;
  if (old_known.empty() || new_known.empty()) return test;

  const Range old_range = RangeOf(old_known);
  const Range new_range = RangeOf(new_known);
  test.differences = {new_range.low - old_range.high,
                      new_range.high - old_range.low};
  test.overlaps = test.differences.low <= 0 && test.differences.high >= 0;
  std::vector<ExactPoint> all = old_known;
  all.insert(all.end(), new_known.begin(), new_known.end());
  const double difference = std::fabs(test.new_mean - test.old_mean);
  const bool varies =
      std::max(old_range.Width(), new_range.Width()) > least / 2;
  if (difference <= least || IsDoneOnce(all, measure, least)) {
    test.finding = ExactFinding::kUnchanged;
  } else if (!varies) {
    test.finding = ExactFinding::kChanged;
  } else if (old_known.size() < 2 || new_known.size() < 2) {
    test.finding =
        test.overlaps ? ExactFinding::kUnchanged : ExactFinding::kTooFew;
  } else {
    test.finding = ExactFinding::kTested;
    test.p_value = WelchTest(old_moments, new_moments, least / 4).p_value;
  }
  return test;
}

Change ChangeOf(const ExactTest& test, bool is_rejected) {
  Change change;
  change.old_value = test.old_mean;
  change.new_value = test.new_mean;
  change.p_value = test.p_value;
  if (test.finding == ExactFinding::kUnknown) return change;
  const double difference = test.new_mean - test.old_mean;
  if (test.old_mean > 0) {
    change.change = difference / test.old_mean;
    change.interval = {test.differences.low / test.old_mean,
                       test.differences.high / test.old_mean};
  } else {
    change.change = difference > 0 ? INFINITY : 0;
    if (difference == 0) change.interval = {0, 0};
  }
  const bool is_changed =
      test.finding == ExactFinding::kChanged ||
      (test.finding == ExactFinding::kTested && is_rejected);
  if (is_changed) {
    change.verdict = difference > 0 ? Verdict::kSlower : Verdict::kFaster;
  } else if (test.finding == ExactFinding::kUnchanged || test.overlaps) {
    change.verdict = Verdict::kUnchanged;
  }
  return change;
}

}  // namespace bench_profiler
