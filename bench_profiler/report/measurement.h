// How values are shown: scaled to a unit that suits them, as shares of a total.
//
//   ScaledLabel(1500000, "nanoseconds", "auto")  // "1.50ms"
//   ScaledLabel(2048, "bytes", "mb")             // "0.00MB", so "0"
//   Percentage(1, 3)                             // "33.33%"
//
// Units, their other names and the digits are those of pprof: its reports and
// ours are equal to the byte.
#ifndef BENCH_PROFILER_REPORT_MEASUREMENT_H_
#define BENCH_PROFILER_REPORT_MEASUREMENT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace bench_profiler {

struct Measurement {
  double value = 0;
  std::string unit;  // "" for plain counts
};

// `to` is a unit, or "auto" or "minimum" for the largest in which it is at
// least 1. A unit that nobody knows is left alone.
Measurement Scale(int64_t value, std::string_view from, std::string_view to);

std::string ScaledLabel(int64_t value, std::string_view from,
                        std::string_view to);

// Six characters, or more for more than 999 %.
std::string Percentage(int64_t value, int64_t total);

// The number without its fraction; INT64_MIN if it does not fit, as processors
// say it, where C++ says nothing.
int64_t ToInt64(double value);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_MEASUREMENT_H_
