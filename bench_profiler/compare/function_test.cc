#include "bench_profiler/compare/function_test.h"

#include <algorithm>
#include <cstddef>

#include "bench_profiler/compare/statistics.h"
#include "bench_profiler/compare/verdict_rule.h"

namespace bench_profiler {
namespace {

// Of the benchmark: what is less is not told apart.
constexpr double kLeastError = 1e-6;

// A function matters from a smaller change on than a benchmark: three of 1 %
// are one of 3 %.
constexpr double kPartOfLeastEffect = 0.25;

constexpr double kLeastErrorsOfSingle = 3;

double Square(double value) { return value * value; }

// By F. E. Satterthwaite, of a sum of two variances.
double CombinedDf(double first, double first_df, double second,
                  double second_df) {
  const double df = Square(first + second) /
                    (Square(first) / first_df + Square(second) / second_df);
  return std::isfinite(df) ? df : std::max(first_df, second_df);
}

// Between processes. What a single process does not tell is taken from the
// other side. NaN if nobody tells.
double SpreadVariance(const FunctionShares& shares, const GroupShare& share,
                      const GroupShare& other) {
  const double spread = std::isnan(share.spread) ? other.spread : share.spread;
  return spread / shares.effective_processes();
}

}  // namespace

FunctionComparer::FunctionComparer(const FunctionShares& old_shares,
                                   const FunctionShares& new_shares,
                                   const ValueTest& value, Measure measure,
                                   bool is_exact)
    : old_shares_(old_shares),
      new_shares_(new_shares),
      measure_(measure),
      is_exact_(is_exact),
      is_value_known_(value.IsKnown()) {
  const auto old_count = static_cast<double>(old_shares.values().size());
  const auto new_count = static_cast<double>(new_shares.values().size());
  // Of one process each there is only the theory of sampling.
  const double df = old_count + new_count - 2;
  df_ = df > 0 ? df : kManyDegrees;
  if (!is_value_known_) return;
  old_value_ = value.old_mean;
  new_value_ = value.new_mean;
  old_error_ = value.old_error;
  new_error_ = value.new_error;
  if (value.is_of_logs) drift_factor_ = std::exp(-value.drift);
}

bool FunctionComparer::HasSingle() const {
  return old_shares_.values().size() < 2 || new_shares_.values().size() < 2;
}

double FunctionComparer::Drawn(const FunctionShares& shares) const {
  return measure_ == Measure::kTime ? shares.samples() : shares.drawn();
}

double FunctionComparer::SamplingVariance(const FunctionShares& shares,
                                          const GroupShare& share) const {
  const double drawn = Drawn(shares);
  if (!(drawn > 0)) return 0;
  return std::max(share.mean * (1 - share.mean), 0.0) / drawn;
}

FunctionComparer::ShareVariance FunctionComparer::VarianceOf(
    const GroupShare& old_share, const GroupShare& new_share) const {
  const double old_scale = Square(old_value_);
  const double new_scale = Square(new_value_ * drift_factor_);
  return {old_scale * SamplingVariance(old_shares_, old_share) +
              new_scale * SamplingVariance(new_shares_, new_share),
          old_scale * SpreadVariance(old_shares_, old_share, new_share) +
              new_scale * SpreadVariance(new_shares_, new_share, old_share)};
}

void FunctionComparer::EstimateSpread(const std::vector<uint32_t>& functions) {
  if (is_exact_) return;
  std::vector<double> ratios;
  for (const uint32_t function : functions) {
    const ShareVariance variance =
        VarianceOf(old_shares_.Of({function}), new_shares_.Of({function}));
    const double ratio = variance.spread / variance.sampling;
    if (std::isfinite(ratio)) ratios.push_back(ratio);
  }
  prior_ = EstimatePrior(ratios, df_);
}

void FunctionComparer::TestShares(const GroupShare& old_share,
                                  const GroupShare& new_share,
                                  FunctionTest* test) const {
  const auto [sampling, spread] = VarianceOf(old_share, new_share);
  const bool is_drawn = OldDrawn() > 0 && NewDrawn() > 0;
  if (std::isnan(spread) && !is_drawn) return;
  test->sampling_part = sampling;
  test->share_part = std::fmax(sampling, spread);
  test->df = df_;
  if (sampling > 0 && !std::isnan(spread)) {
    const ModeratedVariance moderated =
        Moderate(prior_, spread / sampling, df_);
    test->share_part = sampling * std::max(1.0, moderated.ratio);
    test->df = moderated.df;
  }
  const double value_part =
      Square(old_value_ * old_share.mean * old_error_) +
      Square(new_value_ * drift_factor_ * new_share.mean * new_error_);
  test->df = CombinedDf(test->share_part, test->df, value_part, df_);
  const double least = kLeastError * std::max(old_value_, new_value_);
  test->error = std::max(std::sqrt(test->share_part + value_part), least);
  if (!(test->error > 0)) return;
  test->statistic = std::fabs(test->difference) / test->error;
  test->p_value = StudentTwoSided(test->statistic, test->df);
}

std::vector<ExactPoint> FunctionComparer::Points(
    const FunctionShares& shares,
    const std::vector<uint32_t>& functions) const {
  std::vector<ExactPoint> points;
  for (const ProcessValue& value : shares.values()) {
    double self = 0;
    for (const uint32_t function : functions) {
      self += shares.SelfOf(*value.measured, function);
    }
    const double all = is_value_known_ ? value.measured->value : 1;
    points.push_back({value.iterations, self / value.measured->samples * all});
  }
  return points;
}

FunctionTest FunctionComparer::Test(
    const std::vector<uint32_t>& functions) const {
  const GroupShare old_share = old_shares_.Of(functions);
  const GroupShare new_share = new_shares_.Of(functions);
  FunctionTest test;
  test.function = functions.front();
  test.old_samples = old_share.samples;
  test.new_samples = new_share.samples;
  test.old_cost = old_share.mean * old_value_;
  test.new_cost = new_share.mean * new_value_;
  test.difference = test.new_cost * drift_factor_ - test.old_cost;
  if (!is_exact_) {
    TestShares(old_share, new_share, &test);
    return test;
  }
  test.exact =
      TestExact(Points(old_shares_, functions), Points(new_shares_, functions),
                measure_, LeastExactDifference(measure_, old_value_));
  test.old_cost = test.exact.old_mean;
  test.new_cost = test.exact.new_mean;
  test.difference = test.new_cost - test.old_cost;
  test.statistic = std::fabs(test.difference);
  test.p_value = test.exact.p_value;
  return test;
}

bool FunctionComparer::IsSumUnchanged(
    const std::vector<uint32_t>& functions) const {
  const FunctionTest test = Test(functions);
  if (is_exact_) return test.exact.finding == ExactFinding::kUnchanged;
  return test.statistic <= 2;
}

Change FunctionComparer::ChangeOf(const FunctionTest& test, bool is_rejected,
                                  double min_effect) const {
  Change change;
  if (is_exact_) change = bench_profiler::ChangeOf(test.exact, is_rejected);
  change.p_value = test.p_value;
  if (is_value_known_) {
    change.old_value = test.old_cost;
    change.new_value = test.new_cost;
  }
  if (!(old_value_ > 0)) {
    change.interval = {};
    change.change = test.difference > 0 ? INFINITY : 0;
    if (!is_exact_ && is_rejected && !HasSingle() && test.difference > 0) {
      change.verdict = Verdict::kSlower;
    }
    return change;
  }
  change.change = test.difference / old_value_;
  if (is_exact_) {
    change.interval = {test.exact.differences.low / old_value_,
                       test.exact.differences.high / old_value_};
    return change;
  }
  if (std::isnan(test.error)) return change;
  const double error = test.error / old_value_;
  const double half = StudentQuantile(kUpperQuantile, test.df) * error;
  change.interval = {change.change - half, change.change + half};
  if (HasSingle()) {
    const double size = std::fabs(change.change);
    if (is_rejected && size > kLeastChangeOfSingle &&
        size > kLeastErrorsOfSingle * error) {
      change.verdict = change.change > 0 ? Verdict::kSlower : Verdict::kFaster;
    }
    return change;
  }
  change.verdict =
      DecideVerdict({change.change, change.interval, is_rejected},
                    kPartOfLeastEffect * min_effect, Tolerance(min_effect));
  return change;
}

}  // namespace bench_profiler
