#include "bench_profiler/compare/value_change.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "bench_profiler/compare/verdict_rule.h"

namespace bench_profiler {
namespace {

// What no clock resolves, as a part of the value.
constexpr double kLeastError = 1e-6;

// Standard deviations between processes of one program, on an idle machine and
// on a busy one.
constexpr double kIdleNoise = 0.02;
constexpr double kBusyNoise = 0.05;

constexpr int kMostRuns = 1000;

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

double ErrorOf(const Moments& moments, double noise) {
  const double variance =
      moments.count < 2
          ? noise * noise
          : moments.Variance() / static_cast<double>(moments.count);
  return std::sqrt(variance);
}

}  // namespace

void ValueTest::TakeOff(double value) {
  drift = value;
  test.difference -= value;
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
  const bool is_noise_known = !std::isnan(result.process_noise);
  const double noise = is_noise_known ? result.process_noise : kBusyNoise;
  result.old_error = ErrorOf(old_moments, noise);
  result.new_error = ErrorOf(new_moments, noise);
  if (result.HasSingle() && is_noise_known) TestSingle(result, &result.test);
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
  if (std::isfinite(change.change)) {
    const double half = StudentQuantile(kUpperQuantile, test.df) * test.error;
    change.interval = {values.Relative(test.difference - half),
                       values.Relative(test.difference + half)};
  }
  if (values.HasSingle()) return change;
  change.verdict = DecideVerdict({change.change, change.interval, is_rejected},
                                 min_effect, Tolerance(min_effect));
  return change;
}

int RunsToDecide(const ValueTest& values, double min_effect, double alpha,
                 size_t tests) {
  if (!values.IsKnown()) return 0;
  const double noise = values.HasSingle()
                           ? std::fmax(values.process_noise, kIdleNoise)
                           : values.process_noise;
  // An interval of this half width around 0 is within the tolerance, and one
  // around a change of the tolerance excludes 0.
  const double half = Tolerance(min_effect) / 2;
  const double difference = std::fabs(values.test.difference);
  const bool is_large = difference > min_effect;
  const double corrected =
      1 - alpha / 2 / static_cast<double>(std::max<size_t>(tests, 1));
  const auto decides = [&](int runs) {
    const double error = noise * std::sqrt(2.0 / runs);
    const double df = 2.0 * runs - 2;
    return StudentQuantile(kUpperQuantile, df) * error <= half &&
           (!is_large || StudentQuantile(corrected, df) * error <= difference);
  };
  const auto done = std::min(values.old_count, values.new_count);
  int low = std::max(1, static_cast<int>(std::min<size_t>(done, kMostRuns)));
  int high = kMostRuns + 1;  // the first that decides is in (low, high]
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    (decides(middle) ? high : low) = middle;
  }
  return high <= kMostRuns ? high : 0;
}

}  // namespace bench_profiler
