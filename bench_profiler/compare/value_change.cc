#include "bench_profiler/compare/value_change.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace bench_profiler {
namespace {

constexpr double kConfidence = 0.975;  // on each side: 95 %

// What no clock resolves, as a part of the value.
constexpr double kLeastError = 1e-6;

// Standard deviation between processes of a program on an idle machine.
constexpr double kUsualNoise = 0.02;

constexpr int kMostRuns = 1000;

// What "unchanged" rules out.
double Tolerance(double min_effect) {
  constexpr double kLeastTolerance = 0.01;
  return std::max(2.5 * min_effect, kLeastTolerance);
}

std::vector<double> Known(const std::vector<double>& values) {
  std::vector<double> known;
  for (const double value : values) {
    if (std::isfinite(value) && value >= 0) known.push_back(value);
  }
  return known;
}

bool AllPositive(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return value > 0; });
}

std::vector<double> Logarithms(std::vector<double> values) {
  for (double& value : values) value = std::log(value);
  return values;
}

std::vector<double> DividedBy(double divisor, std::vector<double> values) {
  for (double& value : values) value /= divisor;
  return values;
}

// Of both sides together, where they are known.
double ProcessNoise(const Moments& old_values, const Moments& new_values) {
  if (old_values.count < 2 && new_values.count < 2) return NAN;
  if (old_values.count < 2) return std::sqrt(new_values.Variance());
  if (new_values.count < 2) return std::sqrt(old_values.Variance());
  return std::sqrt((old_values.Variance() + new_values.Variance()) / 2);
}

// A single process is compared with the spread of the other side's.
void TestSingle(const ValueTest& values, TTest* test) {
  const auto old_count = static_cast<double>(values.old_count);
  const auto new_count = static_cast<double>(values.new_count);
  test->df = std::max(old_count, new_count) - 1;
  test->error = values.process_noise * std::sqrt(1 / old_count + 1 / new_count);
}

}  // namespace

void ValueTest::TakeOff(double drift) {
  test.difference -= drift;
  if (std::isnan(test.p_value)) return;
  test.statistic = test.difference / test.error;
  test.p_value = StudentTwoSided(test.statistic, test.df);
}

double ValueTest::Relative(double difference) const {
  return is_of_logs ? std::expm1(difference) : difference;
}

ValueTest TestValues(const std::vector<double>& old_values,
                     const std::vector<double>& new_values) {
  ValueTest result;
  const std::vector<double> old_known = Known(old_values);
  const std::vector<double> new_known = Known(new_values);
  result.old_count = old_known.size();
  result.new_count = new_known.size();
  const Moments old_plain = MomentsOf(old_known);
  const Moments new_plain = MomentsOf(new_known);
  if (result.old_count > 0) result.old_mean = old_plain.mean;
  if (result.new_count > 0) result.new_mean = new_plain.mean;
  if (result.old_count == 0 || result.new_count == 0) return result;

  result.is_of_logs = AllPositive(old_known) && AllPositive(new_known);
  Moments old_moments;
  Moments new_moments;
  if (result.is_of_logs) {
    old_moments = MomentsOf(Logarithms(old_known));
    new_moments = MomentsOf(Logarithms(new_known));
    // Geometric, so that the change is that from the one to the other.
    result.old_mean = std::exp(old_moments.mean);
    result.new_mean = std::exp(new_moments.mean);
  } else {
    // If OLD has none at all, parts of it are infinite: NEW is the scale.
    const double scale = old_plain.mean > 0 ? old_plain.mean : new_plain.mean;
    if (scale > 0) {
      old_moments = MomentsOf(DividedBy(scale, old_known));
      new_moments = MomentsOf(DividedBy(scale, new_known));
    } else {
      old_moments = old_plain;
      new_moments = new_plain;
    }
  }
  result.test = WelchTest(old_moments, new_moments, kLeastError);
  result.process_noise = ProcessNoise(old_moments, new_moments);
  const bool is_single = result.old_count < 2 || result.new_count < 2;
  if (is_single && !std::isnan(result.process_noise)) {
    TestSingle(result, &result.test);
  }
  return result;
}

Change ChangeOf(const ValueTest& values, bool is_rejected, double min_effect) {
  Change change;
  change.old_value = values.old_mean;
  change.new_value = values.new_mean;
  const TTest& test = values.test;
  if (std::isnan(test.difference)) return change;
  change.change = values.Relative(test.difference);
  change.p_value = test.p_value;
  if (!values.is_of_logs && values.old_mean == 0 && values.new_mean > 0) {
    change.change = INFINITY;
  }
  if (std::isnan(test.error)) return change;
  const double half = StudentQuantile(kConfidence, test.df) * test.error;
  const Interval interval = {values.Relative(test.difference - half),
                             values.Relative(test.difference + half)};
  if (std::isfinite(change.change)) change.interval = interval;
  if (values.old_count < 2 || values.new_count < 2) return change;

  const bool is_large = std::fabs(change.change) > min_effect;
  const bool excludes_zero = interval.low > 0 || interval.high < 0;
  const double tolerance = Tolerance(min_effect);
  if (is_rejected && is_large) {
    change.verdict = change.change > 0 ? Verdict::kSlower : Verdict::kFaster;
  } else if (interval.low > -tolerance && interval.high < tolerance &&
             !(excludes_zero && is_large)) {
    change.verdict = Verdict::kUnchanged;
  }
  return change;
}

int RunsToDecide(const ValueTest& values, double min_effect) {
  const bool is_known = values.old_count >= 2 && values.new_count >= 2;
  const double noise = is_known ? values.process_noise
                                : std::fmax(values.process_noise, kUsualNoise);
  // An interval of this half width around 0 is within the tolerance, and one
  // around a change of the tolerance excludes 0.
  const double half = Tolerance(min_effect) / 2;
  for (int runs = 2; runs <= kMostRuns; ++runs) {
    const double error = noise * std::sqrt(2.0 / runs);
    // The quantile is at least the normal distribution's.
    if (1.96 * error > half) continue;
    if (StudentQuantile(kConfidence, 2.0 * runs - 2) * error <= half) {
      return runs;
    }
  }
  return 0;
}

}  // namespace bench_profiler
