#include "bench_profiler/html/statistics.h"

#include <cmath>
#include <cstddef>
#include <iterator>

namespace bench_profiler {
namespace {

// The standard normal distribution's 0.975 quantile.
constexpr double kNormal = 1.959964;

// The 0.975 quantiles of Student's t for 1, 2, 3... degrees of freedom.
constexpr double kStudent[] = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};

// Beyond the table the first term of the expansion in 1/freedom (Abramowitz and
// Stegun, 26.7.5) is right to three digits.
double Student(size_t freedom) {
  if (freedom <= std::size(kStudent)) return kStudent[freedom - 1];
  return kNormal +
         (std::pow(kNormal, 3) + kNormal) / (4 * static_cast<double>(freedom));
}

}  // namespace

double ShareError(double part, double whole) {
  if (!(whole > 0)) return 0;
  const double share = part / whole;
  return kNormal * std::sqrt(std::fmax(share * (1 - share), 0) / whole);
}

double RelativeSpread(const std::vector<double>& values) {
  if (values.size() < 2) return -1;
  const auto size = static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / size;
  if (!(mean > 0)) return -1;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double error = std::sqrt(squares / (size - 1) / size);
  return Student(values.size() - 1) * error / mean;
}

double MoreSeconds(int64_t samples, double seconds, int64_t wanted) {
  if (samples <= 0 || samples >= wanted || !(seconds > 0)) return 0;
  return seconds * static_cast<double>(wanted - samples) /
         static_cast<double>(samples);
}

}  // namespace bench_profiler
