#include "bench_profiler/html/quantity.h"

#include <cmath>
#include <cstdio>
#include <initializer_list>

namespace bench_profiler {
namespace {

struct Scale {
  double factor;
  const char* unit;  // with a blank before it
};

// Three digits, but no zeros behind the point: "1.5", not "1.50".
std::string Digits(double value) {
  const double size = std::fabs(value);
  char text[64];
  if (size > 0 && size < 0.01) {
    std::snprintf(text, sizeof(text), "%.1e", value);
    return text;
  }
  const int digits = size < 10 ? 2 : size < 100 ? 1 : 0;
  std::snprintf(text, sizeof(text), "%.*f", digits, value);
  std::string shown = text;
  if (digits == 0) return shown;
  shown.erase(shown.find_last_not_of('0') + 1);
  if (shown.back() == '.') shown.pop_back();
  return shown;
}

// In the largest unit of which there is at least one, or else the first.
std::string Scaled(double value, std::initializer_list<Scale> scales) {
  Scale best = *scales.begin();
  for (const Scale& scale : scales) {
    if (std::fabs(value) >= scale.factor) best = scale;
  }
  return Digits(value / best.factor) + best.unit;
}

}  // namespace

std::string Quantity(double value, std::string_view unit) {
  if (unit == "nanoseconds") {
    return Scaled(value, {{1, " ns"}, {1e3, " us"}, {1e6, " ms"}, {1e9, " s"}});
  }
  if (unit == "bytes") {
    return Scaled(value, {{1, " B"},
                          {1024, " kB"},
                          {1024.0 * 1024, " MB"},
                          {1024.0 * 1024 * 1024, " GB"}});
  }
  if (unit == "count") {
    return Scaled(value, {{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}});
  }
  return Digits(value) + " " + std::string(unit);
}

std::string Percent(double share) { return Digits(100 * share) + " %"; }

}  // namespace bench_profiler
