// Whether a function costs more than it did, for one measure of one benchmark.
//
//   const FunctionComparer comparer(old_shares, new_shares, value_test,
//   measure); FunctionTest test = comparer.Test({function});
//   // test.difference, per operation; test.p_value
//
// A function's cost is its share of the samples times what the benchmark costs.
// The variance of the difference has two parts.
// - Of the shares it is the larger of what sampling makes, S(1-S)/n for n
//   samples, and what the processes show. The first is too small where
//   processes differ, by where their memory lies; the second may be too small
//   by luck, which variance_prior.h makes less of. Each alone names an innocent
//   function too often.
// - Of the benchmark's cost it is that of its mean over processes, times the
//   share squared: a function that is all of a benchmark has all of its noise,
//   and shares say nothing of it.
// What was counted and not sampled is compared as exact_change.h says.
#ifndef BENCH_PROFILER_COMPARE_FUNCTION_TEST_H_
#define BENCH_PROFILER_COMPARE_FUNCTION_TEST_H_

#include <cmath>
#include <cstdint>
#include <vector>

#include "bench_profiler/compare/comparison.h"
#include "bench_profiler/compare/exact_change.h"
#include "bench_profiler/compare/function_shares.h"
#include "bench_profiler/compare/measures.h"
#include "bench_profiler/compare/value_change.h"
#include "bench_profiler/compare/variance_prior.h"

namespace bench_profiler {

// A single process has its own luck, which samples do not show: what it says of
// a function has to be this large.
inline constexpr double kLeastChangeOfSingle = 0.05;

struct FunctionTest {
  uint32_t function = 0;  // the first of the group
  double old_samples = 0;
  double new_samples = 0;
  // Per operation; parts of all if the benchmark's value is unknown.
  double old_cost = 0;
  double new_cost = 0;
  double difference = 0;     // without the machine's drift
  double error = NAN;        // its standard error; NaN if unknown
  double share_part = NAN;   // of the error's square: by the shares
  double sampling_part = 0;  // and that by sampling alone
  double statistic = 0;      // |t|; of counts, the size of the difference
  double df = 0;             // degrees of freedom of it
  double p_value = NAN;
  ExactTest exact;  // of counts
};

class FunctionComparer {
 public:
  FunctionComparer(const FunctionShares& old_shares,
                   const FunctionShares& new_shares, const ValueTest& value,
                   Measure measure, bool is_exact);

  // Learns how much processes vary from the functions that will be tested.
  void EstimateSpread(const std::vector<uint32_t>& functions);

  // Of one function, or of several together.
  FunctionTest Test(const std::vector<uint32_t>& functions) const;

  // Whether the functions together cost what they did.
  bool IsSumUnchanged(const std::vector<uint32_t>& functions) const;

  // `test` of a function, as a part of the benchmark.
  Change ChangeOf(const FunctionTest& test, bool is_rejected,
                  double min_effect) const;

  bool is_exact() const { return is_exact_; }
  bool is_value_known() const { return is_value_known_; }
  // Of the benchmark, without the machine's drift.
  double old_value() const { return old_value_; }
  double new_value() const { return new_value_ * drift_factor_; }

  // Samples of a share that were really drawn.
  double OldDrawn() const { return Drawn(old_shares_); }
  double NewDrawn() const { return Drawn(new_shares_); }
  bool HasSingle() const;
  // Degrees of freedom of the tests.
  double df() const { return Moderate(prior_, 1, df_).df; }

 private:
  double Drawn(const FunctionShares& shares) const;
  double SamplingVariance(const FunctionShares& shares,
                          const GroupShare& share) const;
  // The variance of a difference of shares, by the theory of sampling and by
  // what processes show; NaN if they show nothing.
  struct ShareVariance {
    double sampling;
    double spread;
  };
  ShareVariance VarianceOf(const GroupShare& old_share,
                           const GroupShare& new_share) const;
  // With the standard error of a difference of shares.
  void TestShares(const GroupShare& old_share, const GroupShare& new_share,
                  FunctionTest* test) const;
  std::vector<ExactPoint> Points(const FunctionShares& shares,
                                 const std::vector<uint32_t>& functions) const;

  const FunctionShares& old_shares_;
  const FunctionShares& new_shares_;
  const Measure measure_;
  const bool is_exact_;
  const bool is_value_known_;
  double old_value_ = 1;  // of the benchmark
  double new_value_ = 1;
  double drift_factor_ = 1;
  double old_error_ = 0;  // of the values, as parts of them
  double new_error_ = 0;
  double df_ = 0;  // of a variance between processes
  VariancePrior prior_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMPARE_FUNCTION_TEST_H_
