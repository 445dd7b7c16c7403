#include "bench_profiler/report/measurement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

namespace bench_profiler {
namespace {

struct Unit {
  const char* name;
  std::vector<const char*> aliases;  // in lower case, without "s"
  double factor;
};

struct UnitFamily {
  std::vector<Unit> units;
  const char* default_name;
  double default_factor;
};

const std::vector<UnitFamily>& Families() {
  static const auto* const families = new std::vector<UnitFamily>{
      {{{"B", {"b", "byte"}, 1},
        {"kB", {"kb", "kbyte", "kilobyte"}, 1024.0},
        {"MB", {"mb", "mbyte", "megabyte"}, 1024.0 * 1024},
        {"GB", {"gb", "gbyte", "gigabyte"}, 1024.0 * 1024 * 1024},
        {"TB", {"tb", "tbyte", "terabyte"}, 1024.0 * 1024 * 1024 * 1024},
        {"PB",
         {"pb", "pbyte", "petabyte"},
         1024.0 * 1024 * 1024 * 1024 * 1024}},
       "B",
       1},
      {{{"ns", {"ns", "nanosecond"}, 1},
        {"us", {"\u03bcs", "us", "microsecond"}, 1e3},
        {"ms", {"ms", "millisecond"}, 1e6},
        {"s", {"s", "sec", "second"}, 1e9},
        {"hrs", {"hour", "hr"}, 3600e9}},
       "s",
       1e9},
      {{{"n*GCU", {"nanogcu"}, 1e-9},
        {"u*GCU", {"microgcu"}, 1e-6},
        {"m*GCU", {"milligcu"}, 1e-3},
        {"GCU", {"gcu"}, 1},
        {"k*GCU", {"kilogcu"}, 1e3},
        {"M*GCU", {"megagcu"}, 1e6},
        {"G*GCU", {"gigagcu"}, 1e9},
        {"T*GCU", {"teragcu"}, 1e12},
        {"P*GCU", {"petagcu"}, 1e15}},
       "GCU",
       1}};
  return *families;
}

const Unit* Find(const UnitFamily& family, std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (lower.size() > 2 && lower.back() == 's') lower.pop_back();
  for (const Unit& unit : family.units) {
    for (const char* alias : unit.aliases) {
      if (lower == alias) return &unit;
    }
  }
  return nullptr;
}

bool IsAutomatic(std::string_view unit) {
  return unit == "minimum" || unit == "auto";
}

Measurement InFamily(const UnitFamily& family, double base,
                     std::string_view to) {
  const Unit* unit = nullptr;
  if (IsAutomatic(to)) {
    for (const Unit& each : family.units) {
      if ((unit == nullptr || each.factor >= unit->factor) &&
          base / each.factor >= 1.0) {
        unit = &each;
      }
    }
  } else {
    unit = Find(family, to);
  }
  if (unit != nullptr) return {base / unit->factor, unit->name};
  return {base / family.default_factor, family.default_name};
}

}  // namespace

Measurement Scale(int64_t value, std::string_view from, std::string_view to) {
  // The smallest number has no positive counterpart.
  if (value < 0 && value != INT64_MIN) {
    Measurement result = Scale(-value, from, to);
    result.value = -result.value;
    return result;
  }
  for (const UnitFamily& family : Families()) {
    if (const Unit* unit = Find(family, from)) {
      return InFamily(family, static_cast<double>(value) * unit->factor, to);
    }
  }
  static constexpr std::array<std::string_view, 5> kPlain = {
      "count", "sample", "unit", "minimum", "auto"};
  const bool is_plain =
      std::find(kPlain.begin(), kPlain.end(), to) != kPlain.end();
  return {static_cast<double>(value), is_plain ? "" : std::string(to)};
}

std::string ScaledLabel(int64_t value, std::string_view from,
                        std::string_view to) {
  const Measurement scaled = Scale(value, from, to);
  std::array<char, 400> digits;  // the largest double has 309 before the point
  std::snprintf(digits.data(), digits.size(), "%.2f", scaled.value);
  std::string text = digits.data();
  if (text.size() > 3 && text.compare(text.size() - 3, 3, ".00") == 0) {
    text.resize(text.size() - 3);
  }
  if (text == "0" || text == "-0") return "0";
  return text + scaled.unit;
}

std::string Percentage(int64_t value, int64_t total) {
  double percent = 0;
  if (total != 0) {
    percent =
        std::fabs(static_cast<double>(value) / static_cast<double>(total)) *
        100;
  }
  if (percent >= 99.95 && percent <= 100.05) return "  100%";
  std::array<char, 400> text;
  std::snprintf(text.data(), text.size(), percent >= 1 ? "%5.2f%%" : "%5.2g%%",
                percent);
  return text.data();
}

int64_t ToInt64(double value) {
  // 2^63 as a double: the first one that is too large.
  constexpr double kLimit = 9223372036854775808.0;
  if (!(value >= -kLimit && value < kLimit)) return INT64_MIN;
  return static_cast<int64_t>(value);
}

}  // namespace bench_profiler
