#include "bench_profiler/profile/unsample.h"

#include <algorithm>
#include <cmath>

namespace bench_profiler {
namespace {

// Rounds a sequence of numbers so that their running sum is off by less than 1.
class Rounding {
 public:
  int64_t Next(double value) {
    const double wanted = value + carry_;
    const double whole = std::round(wanted);
    carry_ = wanted - whole;
    return static_cast<int64_t>(whole);
  }

 private:
  double carry_ = 0;
};

}  // namespace

double BlocksPerSample(uint64_t size, int64_t rate) {
  if (rate <= 1) return 1;
  // A block of 0 bytes counts as one of 1 byte. expm1 keeps the digits of 1 -
  // exp(-x) for small x.
  const double bytes = static_cast<double>(std::max<uint64_t>(size, 1));
  return -1 / std::expm1(-bytes / static_cast<double>(rate));
}

void UnsampleHeap(SampleRow* rows, size_t size) {
  Rounding allocated;
  Rounding in_use;
  for (SampleRow* row = rows; row != rows + size; ++row) {
    const double scale = BlocksPerSample(row->size, row->rate);
    const auto bytes = [&](int64_t drawn) {
      return static_cast<int64_t>(std::round(
          static_cast<double>(drawn) * scale * static_cast<double>(row->size)));
    };
    const auto blocks = [&](int64_t drawn, Rounding* rounding) {
      return rounding->Next(static_cast<double>(drawn) * scale);
    };
    row->values[1] = bytes(row->values[0]);
    row->values[3] = bytes(row->values[2]);
    row->values[0] = blocks(row->values[0], &allocated);
    row->values[2] = blocks(row->values[2], &in_use);
  }
}

void UnsampleContentions(SampleRow* rows, size_t size) {
  constexpr double kContention = 1024;
  Rounding contentions;
  for (SampleRow* row = rows; row != rows + size; ++row) {
    row->values[0] =
        contentions.Next(static_cast<double>(row->values[0]) / kContention);
  }
}

}  // namespace bench_profiler
