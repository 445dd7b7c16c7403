#include "bench_profiler/profile/parsed_scale.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace bench_profiler {
namespace {

// INT64_MIN for what does not fit: as processors say it, where C++ says
// nothing.
int64_t Rounded(double value) {
  constexpr double kLimit = 9223372036854775808.0;  // 2 to the 63rd
  if (!(value >= -kLimit && value < kLimit)) return INT64_MIN;
  return static_cast<int64_t>(std::round(value));
}

std::vector<uint64_t> SumsOf(const ParsedProfile& profile) {
  std::vector<uint64_t> sums(profile.value_types.size());
  for (const ParsedSample& sample : profile.samples) {
    for (size_t i = 0; i < sums.size(); ++i) {
      sums[i] += static_cast<uint64_t>(sample.values[i]);
    }
  }
  return sums;
}

}  // namespace

void ScaleValues(double ratio, ParsedProfile* profile) {
  ScaleValues(std::vector<double>(profile->value_types.size(), ratio), profile);
}

void ScaleValues(const std::vector<double>& ratios, ParsedProfile* profile) {
  const auto is_one = [](double ratio) { return ratio == 1; };
  if (std::all_of(ratios.begin(), ratios.end(), is_one)) return;
  std::vector<ParsedSample> left;
  for (ParsedSample& sample : profile->samples) {
    bool is_left = false;
    for (size_t i = 0; i < ratios.size(); ++i) {
      if (is_one(ratios[i])) continue;
      sample.values[i] =
          Rounded(static_cast<double>(sample.values[i]) * ratios[i]);
      is_left = is_left || sample.values[i] != 0;
    }
    if (is_left) left.push_back(std::move(sample));
  }
  profile->samples = std::move(left);
}

void Normalize(const ParsedProfile& base, ParsedProfile* profile) {
  const std::vector<uint64_t> wanted = SumsOf(base);
  const std::vector<uint64_t> found = SumsOf(*profile);
  std::vector<double> ratios(found.size());
  for (size_t i = 0; i < ratios.size(); ++i) {
    if (found[i] == 0) continue;
    ratios[i] = static_cast<double>(static_cast<int64_t>(wanted[i])) /
                static_cast<double>(static_cast<int64_t>(found[i]));
  }
  ScaleValues(ratios, profile);
}

}  // namespace bench_profiler
