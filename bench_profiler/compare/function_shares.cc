#include "bench_profiler/compare/function_shares.h"

#include "bench_profiler/compare/statistics.h"

namespace bench_profiler {

FunctionShares::FunctionShares(const std::vector<ProcessValue>& values,
                               bool is_new, const RenamedFunctions* renamed)
    : is_new_(is_new), renamed_(renamed) {
  double squares = 0;
  for (const ProcessValue& value : values) {
    const double samples = value.measured->samples;
    if (!std::isfinite(samples) || !(samples > 0)) continue;
    values_.push_back(value);
    samples_ += samples;
    squares += samples * samples;
    drawn_ += value.measured->drawn;
  }
  if (squares > 0) effective_processes_ = samples_ * samples_ / squares;
}

double FunctionShares::SelfOf(const MeasuredValue& value,
                              uint32_t function) const {
  const auto it =
      value.functions.find(is_new_ ? renamed_->InNew(function) : function);
  if (it == value.functions.end()) return 0;
  const double self = it->second.self;
  return std::isfinite(self) && self > 0 ? self : 0;
}

GroupShare FunctionShares::Of(const std::vector<uint32_t>& functions) const {
  GroupShare share;
  Moments moments;
  for (const ProcessValue& value : values_) {
    double self = 0;
    for (const uint32_t function : functions) {
      self += SelfOf(*value.measured, function);
    }
    share.samples += self;
    moments.Add(self / value.measured->samples);
  }
  if (samples_ > 0) share.mean = share.samples / samples_;
  if (moments.count >= 2) share.spread = moments.Variance();
  return share;
}

}  // namespace bench_profiler
